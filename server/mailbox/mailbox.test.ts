import { expect, test } from "vitest";
import type { AppError } from "@/domain/error";
import type { Message } from "@/domain/message";
import { messagingWorld } from "@/testkit/messaging";

async function twoPeople() {
  const world = messagingWorld();
  const [ann, ben] = [world.person("ann"), world.person("ben")];
  const { thread } = await world.sending.start(ann, ["ben"], "maker-start");
  return { world, ann, ben, thread };
}
const texts = (messages: readonly Message[]) => messages.map(({ text }) => text);

test("a message is in both mailboxes, in one thread, with its delivery reported", async () => {
  const { world, ann, ben, thread } = await twoPeople();
  const { message } = await world.sending.send(ann, thread.id, "hello", "client-0001");
  await world.settle();
  const mine = await world.reads.messages(ann, thread.id, { limit: 10 });
  const theirs = await world.reads.messages(ben, thread.id, { limit: 10 });
  expect(texts(mine.messages)).toEqual(["hello"]);
  expect(theirs.messages[0]).toMatchObject({ id: message.id, text: "hello", from: ann, channel: "chat" });
  expect(theirs.messages[0]?.delivery).toBeUndefined();
  expect(mine.messages[0]?.delivery?.[ben]).toMatchObject({ state: "delivered", reason: "has-account" });
  expect((await world.reads.thread(ben, thread.id)).thread).toMatchObject({ unread: 1, folder: "messages", last: { snippet: "hello" } });
  expect((await world.reads.open(ben)).head.unread.messages).toBe(1);
  expect(world.deliverer.pending).toBe(0);
});

test("the same client id sends once, however often it is asked", async () => {
  const { world, ann, ben, thread } = await twoPeople();
  const sends = await Promise.all([1, 2, 3].map(() => world.sending.send(ann, thread.id, "once", "client-0001")));
  const again = await world.sending.send(ann, thread.id, "once", "client-0001");
  await world.settle();
  expect(new Set([...sends, again].map(({ message }) => message.id)).size).toBe(1);
  expect((await world.reads.messages(ben, thread.id, { limit: 10 })).messages).toHaveLength(1);
});

test("reads do not wait for each other; a write waits for those under way, and what is read after it sees it", async () => {
  const { world, ann, thread } = await twoPeople();
  await world.settle();
  const seq = async () => (await world.reads.open(ann)).head.seq;
  const before = await seq();
  let [finish, isOver] = [(): void => {}, false];
  const long = world.mailboxes.read(ann, async (view) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    isOver = true;
    return [view.head.seq, (await view.thread(thread.id))?.last?.snippet];
  });
  expect(await seq()).toBe(before);
  const planned = world.mailboxes.commit(ann, "client-0001", () => {
    expect(isOver).toBe(true);
    return [{ type: "ThreadMuted", at: world.time.now, maker: "client-0001", threadId: thread.id, muted: true }];
  });
  const later = seq();
  expect(await Promise.race([planned, later, new Promise((resolve) => setImmediate(resolve, "neither"))])).toBe("neither");
  finish();
  expect(await long).toEqual([before, undefined]);
  await planned;
  expect(await later).toBe(before + 1);
});

test("a read that throws at once is refused, and the mailbox goes on", async () => {
  const { world, ann } = await twoPeople();
  const broken = (): never => {
    throw new Error("no promise");
  };
  await expect(world.mailboxes.read(ann, broken)).rejects.toThrow();
  const busy = world.mailboxes.commit(ann, "nothing", () => []);
  await expect(world.mailboxes.read(ann, broken)).rejects.toThrow();
  await busy;
  expect((await world.reads.open(ann)).head.seq).toBeGreaterThan(0);
});

test("there is one thread for a set of people, whoever begins it", async () => {
  const { world, ben, thread } = await twoPeople();
  expect((await world.sending.start(ben, ["@ann"], "maker-ben-1")).thread.id).toBe(thread.id);
  expect((await world.sending.start(ben, ["ann@example.org"], "maker-ben-2")).thread.id).toBe(thread.id);
  const outside = await world.sending.start(ben, ["nora@elsewhere.org"], "maker-ben-3");
  expect(outside.thread.people).toContain("mailto:nora@elsewhere.org");
  await expect(world.sending.start(ben, ["nobody"], "maker-ben-4")).rejects.toMatchObject({ code: "address/unknown" });
});

test("reading clears the badge, tells the other, and only moves forward", async () => {
  const { world, ann, ben, thread } = await twoPeople();
  const first = await world.sending.send(ann, thread.id, "one", "client-0001");
  const second = await world.sending.send(ann, thread.id, "two", "client-0002");
  await world.settle();
  await world.acts.read(ben, thread.id, first.message.id, "read-one");
  expect((await world.reads.thread(ben, thread.id)).thread.unread).toBe(1);
  await world.acts.read(ben, thread.id, second.message.id, "read-two");
  await world.acts.read(ben, thread.id, first.message.id, "read-back");
  await world.settle();
  expect((await world.reads.thread(ben, thread.id)).thread).toMatchObject({ unread: 0, readUpTo: second.message.id });
  expect((await world.reads.open(ben)).head.unread.messages).toBe(0);
  expect((await world.reads.thread(ann, thread.id)).thread.receipts[ben]).toBe(second.message.id);
});

test("delete, restore, archive, mute and mark unread change one's own mailbox only", async () => {
  const { world, ann, ben, thread } = await twoPeople();
  const first = await world.sending.send(ann, thread.id, "one", "client-0001");
  const second = await world.sending.send(ann, thread.id, "two", "client-0002");
  await world.settle();
  await world.acts.deleteMessage(ben, thread.id, second.message.id, "delete-1");
  expect((await world.reads.thread(ben, thread.id)).thread).toMatchObject({ unread: 1, last: { messageId: first.message.id } });
  await world.acts.restoreMessage(ben, thread.id, second.message.id, "restore-1");
  expect((await world.reads.thread(ben, thread.id)).thread).toMatchObject({ unread: 2, last: { messageId: second.message.id } });
  expect((await world.reads.thread(ann, thread.id)).thread.last?.messageId).toBe(second.message.id);
  await world.acts.mute(ben, thread.id, true, "mute-1");
  expect((await world.reads.open(ben)).head.unread.messages).toBe(0);
  await world.acts.move(ben, thread.id, "archive", "move-1");
  await world.sending.send(ann, thread.id, "three", "client-0003");
  await world.settle();
  expect((await world.reads.threads(ben, { folder: "archive", limit: 10 })).threads).toHaveLength(1);
  await world.acts.mute(ben, thread.id, false, "mute-2");
  await world.sending.send(ann, thread.id, "four", "client-0004");
  await world.settle();
  expect((await world.reads.threads(ben, { folder: "messages", limit: 10 })).threads).toHaveLength(1);
});

test("bad input changes nothing and says why", async () => {
  const { world, ann, ben, thread } = await twoPeople();
  const cleo = world.person("cleo");
  const before = (await world.reads.open(ann)).head;
  const refused = async (work: Promise<unknown>) => ((await work.catch((error: AppError) => error)) as AppError).code;
  const calls = [
    () => world.sending.send(ann, thread.id, "  \n ", "client-0001"),
    () => world.sending.send(ann, thread.id, "x".repeat(20_001), "client-0001"),
    () => world.sending.send(cleo, thread.id, "let me in", "client-0001"),
    () => world.reads.messages(cleo, thread.id, { limit: 10 }),
    () => world.acts.deleteMessage(ann, thread.id, world.mint.next(), "delete-1"),
    () => world.groups.leave(ann, thread.id, "leave-001"),
  ];
  const codes: string[] = [];
  for (const call of calls) codes.push(await refused((async () => call())()));
  expect(codes).toEqual(["message/empty", "message/too-large", "thread/unknown", "thread/unknown", "message/unknown", "thread/not-a-group"]);
  expect((await world.reads.open(ann)).head).toEqual(before);
  expect((await world.reads.open(ben)).head.seq).toBe(0);
});

test("a newcomer sees the past of a group, a leaver nothing new", async () => {
  const world = messagingWorld();
  const [ann, ben, cleo, dan] = ["ann", "ben", "cleo", "dan"].map((handle) => world.person(handle)) as [string, string, string, string];
  const { thread } = await world.sending.start(ann, ["ben", "cleo"], "maker-start");
  for (let i = 0; i < 250; i++) await world.sending.send(i % 2 ? ann : ann, thread.id, `m${i}`, `client-${1000 + i}`);
  await world.settle();
  await world.groups.add(ben, thread.id, ["dan"], "add-dan-1");
  await world.settle();
  const past = await world.reads.messages(dan, thread.id, { limit: 200 });
  expect(past.more).toBe(true);
  expect(texts(past.messages.filter((message) => !message.event)).at(-1)).toBe("m249");
  expect((await world.reads.thread(dan, thread.id)).thread).toMatchObject({ unread: 0, people: expect.arrayContaining([ann, ben, cleo, dan]) });
  await world.groups.leave(cleo, thread.id, "leave-cleo");
  await world.settle();
  await world.sending.send(ann, thread.id, "after", "client-after");
  await world.settle();
  expect(texts((await world.reads.messages(cleo, thread.id, { limit: 200 })).messages)).not.toContain("after");
  expect(texts((await world.reads.messages(dan, thread.id, { limit: 200 })).messages)).toContain("after");
  await expect(world.sending.send(cleo, thread.id, "hey", "client-cleo")).rejects.toMatchObject({ code: "thread/left" });
  await world.groups.rename(dan, thread.id, "Climbing", "rename-1");
  await world.settle();
  expect((await world.reads.thread(ann, thread.id)).thread.name).toBe("Climbing");
  expect((await world.sending.start(ann, ["ben", "cleo"], "maker-again")).thread.id).not.toBe(thread.id);
});

test("somebody who joins while messages are on their way misses none", async () => {
  const world = messagingWorld();
  const [ann, ben] = [world.person("ann"), world.person("ben"), world.person("cleo")];
  const dan = world.person("dan");
  const { thread } = await world.sending.start(ann, ["ben", "cleo"], "maker-start");
  await world.sending.send(ann, thread.id, "first", "client-first");
  await world.settle();
  await Promise.all([
    ...Array.from({ length: 30 }, (_, i) => world.sending.send(i % 2 ? ann : ben, thread.id, `m${i}`, `client-${1000 + i}`)),
    world.groups.add(ben, thread.id, ["dan"], "add-dan-1"),
  ]);
  await world.settle();
  const all = (user: string) => world.reads.messages(user, thread.id, { limit: 100 }).then(({ messages }) => messages.map(({ id }) => id));
  expect(await all(dan)).toEqual(await all(ann));
  expect(world.stumbles).toEqual([]);
});
