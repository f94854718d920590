import { afterEach, beforeEach, expect, it } from "vitest";
import { endOf, SmscRig, submitOf } from "@/testkit/smsc/rig";

let rig: SmscRig;
beforeEach(async () => {
  rig = await SmscRig.start();
});
afterEach(() => rig.close());

it("keeps what an account is owed until somebody receives for it", async () => {
  const delivered = rig.smsc.phone("braid", { from: "1", to: "2", parts: [Buffer.from("hi")] });
  await rig.link({ kind: "transmitter" }).bound;
  await rig.until(() => true, 5000);
  expect(rig.received).toEqual([]);
  await rig.link({ kind: "receiver" }).bound;
  await delivered;
  expect(rig.received.map(({ message }) => message.toString())).toEqual(["hi"]);
});

it("takes nothing from a receiver", async () => {
  const link = rig.link({ kind: "receiver" });
  await link.bound;
  expect(await endOf(link.submit(submitOf("x")))).toBe("temporary ESME_RINVBNDSTS");
  expect(rig.smsc.submitted).toEqual([]);
});

it("does the same again from the same seed", async () => {
  const run = async () => {
    const other = await SmscRig.start({ submit: (_, random) => ({ status: random(1)[0]! % 2 === 0 ? 0 : 8 }) });
    const link = other.link();
    await link.bound;
    for (let i = 0; i < 20; i++) await endOf(link.submit(submitOf(`message ${i}`)));
    await other.close();
    return other.smsc.submitted.map(({ messageId, status }) => [messageId, status]);
  };
  expect(await run()).toEqual(await run());
});
