import { expect, test } from "vitest";
import { MAX_PEOPLE } from "@/domain/message";
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

/** The calls that change rows while somebody is added: the intent, the roster, what came of it, and what is delivered after that. */
const BREAKS = [2, 3, 4, 5, 6, 7, 8, 9];

test.each(BREAKS)(
  "somebody added by a server that stumbles at its change %d sees the past, though another change comes between and nobody asks again",
  async (at) => {
    const { world, faults, ann, ben, dan, id, messages } = await group();
    await world.reads.thread(ann, id);
    let calls = 0;
    faults.next = () => (++calls === at ? "unavailable" : undefined);
    await world.groups.add(ann, id, ["dan"], "add-dan-1").catch(() => {});
    await world.groups.rename(ben, id, "Hut", "rename-1").catch(() => {});
    await world.pass(20_000);
    expect((await messages(dan)).map(({ text }) => text)).toContain("before");
    expect((await messages(ann)).flatMap(({ event }) => (event?.type === "added" ? event.people : []))).toEqual([dan]);
    expect(world.deliverer.pending).toBe(0);
  },
);

test.each(BREAKS)("a crash at change %d of adding somebody is finished by the next server", async (at) => {
  const { world, faults, ann, ben, id } = await group();
  await world.reads.thread(ann, id);
  let calls = 0;
  faults.next = () => (++calls >= at ? "unavailable" : undefined);
  await world.groups.add(ann, id, ["dan"], "add-dan-1").catch(() => {});
  await world.settle();
  await world.deliverer.stop();
  faults.next = () => undefined;
  const next = messagingWorld({ store: world.store, time: world.time, seed: 2 });
  const dan = ["ann", "ben", "cleo", "dan"].map((handle) => next.person(handle))[3] as string;
  await next.deliverer.recover();
  await next.pass(20_000);
  const texts = async (user: string) => (await next.reads.messages(user, id, { limit: 100 })).messages.map(({ text, event }) => event?.type ?? text);
  expect(await texts(dan)).toEqual(["before", "added"]);
  expect(await texts(ben)).toEqual(["before", "added"]);
  expect((await next.reads.thread(ben, id)).thread.people).toContain(dan);
  expect(next.deliverer.pending).toBe(0);
});

test("what was not even meant durably does not happen", async () => {
  const { world, faults, ann, ben, id, messages } = await group();
  await world.reads.thread(ann, id);
  faults.add("unavailable");
  await expect(world.groups.leave(ann, id, "leave-ann")).rejects.toMatchObject({ code: "store/unavailable" });
  await world.pass(20_000);
  expect((await messages(ben)).map(({ text }) => text)).toEqual(["before"]);
  await world.groups.leave(ann, id, "leave-ann");
  await world.groups.leave(ann, id, "leave-ann");
  await world.settle();
  expect((await messages(ben)).flatMap(({ event }) => event?.type ?? [])).toEqual(["left"]);
});

test("a repeat that comes late undoes nothing", async () => {
  const { world, ann, dan, id } = await group();
  await world.groups.add(ann, id, ["dan"], "add-dan-1");
  await world.settle();
  await world.groups.leave(dan, id, "leave-dan");
  await world.settle();
  await world.groups.add(ann, id, ["dan"], "add-dan-1");
  await world.settle();
  expect((await world.rosters.get(id))?.people).not.toContain(dan);
});

test("who is added, leaves and is added again while the past is coming gets all of it", async () => {
  const { world, ann, dan, id, messages } = await group();
  await world.groups.add(ann, id, ["dan"], "add-dan-1");
  await world.settle();
  await world.groups.leave(dan, id, "leave-dan");
  await world.settle();
  for (let i = 0; i < 5; i++) await world.sending.send(ann, id, `without Dan ${i}`, `client-${1000 + i}`);
  await world.settle();
  // He is added; the first page of the past is on its way to him when he leaves and is added again, with more in between.
  const read = world.mailboxes.readOwned.bind(world.mailboxes);
  let isFirst = true;
  world.mailboxes.readOwned = async (user, work) => {
    const answer = await read(user, work);
    if (isFirst && user === ann && typeof answer === "object" && answer !== null && "page" in answer) {
      isFirst = false;
      await world.groups.leave(dan, id, "leave-again");
      await world.sending.send(ann, id, "in between", "client-between");
      await world.groups.add(ann, id, ["dan"], "add-dan-3");
    }
    return answer;
  };
  await world.groups.add(ann, id, ["dan"], "add-dan-2");
  await world.settle();
  const [mine, his] = [await messages(ann), await messages(dan)];
  expect(isFirst).toBe(false);
  expect(his.map(({ text }) => text).filter(Boolean)).toEqual(mine.map(({ text }) => text).filter(Boolean));
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

test("what was refused is refused again when it is repeated, also by the next server, and when the queue was quicker to find out", async () => {
  const { world, ann, id } = await group();
  for (let i = 0; i < MAX_PEOPLE; i++) world.person(`p${i}`);
  const crowd = Array.from({ length: MAX_PEOPLE }, (_, i) => `p${i}`);
  const tooMany = { code: "thread/too-many-people" };
  await expect(world.groups.add(ann, id, crowd, "add-crowd")).rejects.toMatchObject(tooMany);
  await expect(world.groups.add(ann, id, crowd, "add-crowd")).rejects.toMatchObject(tooMany);
  await world.settle();
  const next = messagingWorld({ store: world.store, time: world.time, seed: 2 });
  for (const handle of ["ann", "ben", "cleo", ...crowd]) next.person(handle);
  await expect(next.groups.add(ann, id, crowd, "add-crowd")).rejects.toMatchObject(tooMany);
  const read = next.mailboxes.read.bind(next.mailboxes);
  next.mailboxes.read = async (user, work) => {
    await next.settle();
    return read(user, work);
  };
  await expect(next.groups.add(ann, id, crowd, "add-again")).rejects.toMatchObject(tooMany);
  expect((await next.rosters.get(id))?.people).toHaveLength(3);
});
