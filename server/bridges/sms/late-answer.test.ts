import { afterEach, beforeEach, expect, test } from "vitest";
import type { Letter } from "@/server/delivery/outside-step";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { SmscRig } from "@/testkit/smsc/rig";
import { Consent } from "./consent";
import { SmsOut } from "./outgoing";
import { NumberPool } from "./pool";
import { SmsRows } from "./rows";
import { SmppNetwork } from "./smpp-network";
import { Submissions } from "./submissions";
import { SMS_TABLES } from "./tables";

const [PHONE, OURS] = ["+12025550143", "+12025550101"];
const TO = `tel:${PHONE}`;

let rig: SmscRig;
beforeEach(async () => {
  rig = await SmscRig.start({ submit: () => ({ afterMs: 31_000 }) });
});
afterEach(() => rig.close());

function texting(): { network: SmppNetwork; out: SmsOut } {
  const { clock, random } = rig;
  const rows = new SmsRows(new MemoryStore({ schemas: SMS_TABLES, clock: clock.clock }));
  const never = () => Promise.reject(new Error("nothing comes in here"));
  const network = new SmppNetwork({
    ...{ kind: "smpp", name: "north", binds: "transceiver", numbers: [OURS], prices: new Map([["+", { micros: 1, currency: "USD" }]]), window: 1 },
    ...{ account: rig.account(), clock: clock.clock, timers: clock, random, text: never, receipt: never, ignored: () => {} },
  });
  network.start();
  const out = new SmsOut({
    ...{ carriers: [network], directory: { many: async () => new Map() }, pool: new NumberPool(rows, clock.clock), consent: new Consent(rows, clock.clock) },
    ...{ submissions: new Submissions(rows), reference: () => 7, settle: async () => {} },
  });
  return { network, out };
}

const letter = (attempts?: number): Letter =>
  ({
    ...{ user: "ann", to: TO, before: [], thread: { id: "t", people: ["ann", TO] } },
    message: { id: "m", threadId: "t", from: "ann", at: 1, text: "Hello", delivery: { [TO]: { state: "sending", channel: "sms", at: 1, attempts } } },
  }) as unknown as Letter;

test("a text that the carrier answers after 31 seconds goes once, though it was given up after 30 and the window has one place", async () => {
  const { network, out } = texting();
  await rig.until(() => network.isUp);
  const first = expect(out.send(letter())).rejects.toMatchObject({ code: "connection-lost" });
  await rig.until(() => rig.smsc.submitted.length === 1);
  rig.clock.advance(30_000);
  await first;
  rig.clock.advance(1_000);
  await rig.until(() => network.state().links[0]?.windowUsed === 0);
  expect(await out.send(letter(1))).toMatchObject({ reason: "accepted-by-carrier" });
  expect(rig.smsc.taken).toHaveLength(1);
  rig.smsc.kill();
  const closed = network.close();
  await rig.until(() => network.state().links[0]?.phase === "closed" || network.state().links[0]?.phase === "ended", 1_000);
  await closed;
});
