import { expect, test } from "vitest";
import { FaultPlan } from "@/storage/wide-column/drivers/memory/faults";
import { messagingWorld } from "@/testkit/messaging";

async function group(faults = new FaultPlan()) {
  const world = messagingWorld({ faults });
  const [ann, ben, cleo, dan] = ["ann", "ben", "cleo", "dan"].map((handle) => world.person(handle)) as [string, string, string, string];
  const { thread } = await world.sending.start(ann, ["ben", "cleo"], "maker-start");
  await world.sending.send(ann, thread.id, "before", "client-before");
  await world.settle();
  const messages = async (user: string) => (await world.reads.messages(user, thread.id, { limit: 100 })).messages;
  return { world, faults, ann, ben, cleo, dan, id: thread.id, messages };
}

test("who has left does not hear of what happens at the same moment", async () => {
  const { world, ann, ben, id, messages } = await group();
  await Promise.all([world.groups.leave(ben, id, "leave-ben"), world.groups.rename(ann, id, "Without Ben", "rename-1")]);
  await world.settle();
  await world.sending.send(ann, id, "after", "client-after");
  await world.settle();
  expect((await messages(ben)).map(({ event, text }) => event?.type ?? text)).toEqual(["before", "left"]);
  expect((await world.reads.thread(ben, id)).thread).toMatchObject({ left: expect.anything() });
  expect((await world.reads.thread(ben, id)).thread.name).toBeUndefined();
});

test("a message whose recipient leaves after the roster was asked does not arrive", async () => {
  const { world, ann, ben, id, messages } = await group();
  const get = world.rosters.get.bind(world.rosters);
  world.rosters.get = async (asked) => {
    const roster = await get(asked);
    world.rosters.get = get;
    await world.groups.leave(ben, id, "leave-ben");
    return roster;
  };
  const { message } = await world.sending.send(ann, id, "after", "client-after");
  await world.settle();
  expect((await messages(ben)).map(({ event, text }) => event?.type ?? text)).toEqual(["before", "left"]);
  expect((await messages(ann)).find(({ id }) => id === message.id)?.delivery?.[ben]).toMatchObject({ state: "failed", reason: "left-the-group" });
});

test("somebody added just before the server stumbled sees the past, though another change came between", async () => {
  const { world, faults, ann, ben, dan, id, messages } = await group();
  await world.reads.thread(ann, id);
  let calls = 0;
  faults.next = () => (++calls === 2 ? "unavailable" : undefined);
  await expect(world.groups.add(ann, id, ["dan"], "add-dan-1")).rejects.toMatchObject({ code: "store/unavailable" });
  await world.groups.rename(ben, id, "Hut", "rename-1");
  await world.settle();
  await world.groups.add(ann, id, ["dan"], "add-dan-1");
  await world.settle();
  expect((await messages(dan)).map(({ text }) => text)).toContain("before");
});

test("adding who is there already says nothing", async () => {
  const { world, ann, ben, id, messages } = await group();
  await Promise.all([world.groups.rename(ben, id, "Hut", "rename-1"), world.groups.add(ann, id, ["cleo"], "add-cleo-1")]);
  await world.settle();
  expect((await messages(ann)).flatMap(({ event }) => event?.type ?? [])).toEqual(["named"]);
});

test("the past of a group comes over whole, however long its messages are", async () => {
  const { world, ann, dan, id, messages } = await group();
  for (let i = 0; i < 100; i++) await world.sending.send(ann, id, "\u0001".repeat(20_000), `client-${1000 + i}`);
  await world.settle();
  await world.groups.add(ann, id, ["dan"], "add-dan-1");
  await world.settle();
  expect(world.stumbles).toEqual([]);
  expect(await messages(dan)).toHaveLength(100);
});
