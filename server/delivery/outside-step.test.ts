import { expect, test } from "vitest";
import { FaultPlan } from "@/storage/wide-column/drivers/memory/faults";
import { messagingWorld } from "@/testkit/messaging";
import { Refused } from "./outside-step";

const NORA = "mailto:nora@elsewhere.org";

async function sent(faults = new FaultPlan()) {
  const world = messagingWorld({ faults });
  const ann = world.person("ann");
  const { thread } = await world.sending.start(ann, ["nora@elsewhere.org"], "maker-start");
  const send = () => world.sending.send(ann, thread.id, "hello", "client-0001");
  const take = (messageId: string) => {
    const entry = { kind: "message", threadId: thread.id, messageId, to: NORA, attempts: 0, retryAt: 0 } as const;
    world.deliverer.take({ user: ann, owed: new Map([[`m:${messageId}:${NORA}`, entry]]), entries: [], threads: new Map() });
  };
  return { world, ann, thread, send, take };
}

test("a mail that has gone does not go again, whatever still says it is owed", async () => {
  const { world, send, take } = await sent();
  const { message } = await send();
  await world.settle();
  take(message.id);
  await world.settle();
  expect(world.mailOut.sent).toHaveLength(1);
});

test("a mail that is refused for now goes again at its time", async () => {
  const { world, ann, thread, send } = await sent();
  world.mailOut.refuse.push(new Refused(false, "relay-busy", "421 later"));
  await send();
  await world.settle();
  const delivery = async () => (await world.reads.messages(ann, thread.id, { limit: 1 })).messages[0]?.delivery?.[NORA];
  expect(await delivery()).toMatchObject({ state: "sending", attempts: 1, retryAt: world.time.now + 10_000 });
  world.time.advance(9_999);
  await world.settle();
  expect(world.mailOut.sent).toHaveLength(0);
  world.time.advance(1);
  await world.settle();
  expect(await delivery()).toMatchObject({ state: "sent", attempts: 2 });
});

test("a mail that has gone does not go again when the report of it fails, however often", async () => {
  const faults = new FaultPlan();
  const { world, ann, thread, send } = await sent(faults);
  let failures = 0;
  faults.next = () => (world.mailOut.sent.length > 0 && failures++ < 3 ? "unavailable" : undefined);
  await send();
  await world.pass(30_000);
  expect([world.mailOut.sent.length, failures]).toEqual([1, 4]);
  expect((await world.reads.messages(ann, thread.id, { limit: 1 })).messages[0]?.delivery?.[NORA]).toMatchObject({ state: "sent", attempts: 1 });
  expect(world.deliverer.pending).toBe(0);
});

test("a refusal that could not be reported is not forgotten, and its next attempt is an attempt", async () => {
  const faults = new FaultPlan();
  const { world, ann, thread, send } = await sent(faults);
  world.mailOut.refuse.push(new Refused(false, "relay-busy", "421 later"));
  let failures = 0;
  faults.next = () => (world.mailOut.refuse.length === 0 && failures++ < 1 ? "unavailable" : undefined);
  await send();
  await world.pass(30_000);
  expect(world.mailOut.sent).toHaveLength(1);
  expect((await world.reads.messages(ann, thread.id, { limit: 1 })).messages[0]?.delivery?.[NORA]).toMatchObject({ state: "sent", attempts: 2 });
});
