import { expect, test, vi } from "vitest";
import type { Action } from "@/domain/action";
import type { Message } from "@/domain/message";
import { nth } from "@/testkit/actions";
import { freshCache, TINY } from "@/testkit/archiving";
import { messagingWorld } from "@/testkit/messaging";
import { ARCHIVE, MAILBOX, utf8 } from "./schema";

const SAID = 16;
vi.setConfig({ testTimeout: 120_000 }); // compressing waits for its turn on a busy machine

/** A group in which Ann has said much, and most of it is archived: commits alone set the archiver going. */
async function spokenWorld() {
  const world = messagingWorld({ archiving: TINY });
  const [ann, ben] = [world.person("ann"), world.person("ben"), world.person("cleo")];
  const { thread } = await world.sending.start(ann, ["ben", "cleo"], "maker-start");
  for (let i = 0; i < SAID; i++) await world.sending.send(ann, thread.id, `m${i}`, `client-${1000 + i}`);
  await world.settle();
  const cells = async (user: string, family: string) => (await world.store.get(MAILBOX.name, utf8(user), { families: [family] }))?.families[family]?.length;
  const page = async (user: string) => (await world.reads.messages(user, thread.id, { limit: 200 })).messages;
  const texts = async (user: string) => (await page(user)).filter(({ event }) => event === undefined).map(({ text }) => text);
  return { world, ann, ben, thread, cells, page, texts };
}
const ALL = Array.from({ length: SAID }, (_, i) => `m${i}`);

test("commits set the archiver going: heads stay small, and nobody sees a difference", async () => {
  const { world, ann, ben, thread, cells, texts } = await spokenWorld();
  for (const user of [ann, ben]) {
    expect(await cells(user, "message")).toBeLessThan(TINY.keep + TINY.block);
    expect(await cells(user, "log")).toBeLessThan(TINY.keepLog + TINY.logBlock);
    expect(await texts(user)).toEqual(ALL);
  }
  expect((await world.reads.thread(ben, thread.id)).thread).toMatchObject({ unread: SAID, last: { snippet: `m${SAID - 1}` } });
  expect((await world.reads.open(ben)).head.unread.messages).toBe(1);
  const { entries, head } = await world.reads.sync(ben, 0, 10_000);
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
  expect(world.stumbles).toEqual([]);
});

test("somebody who joins late gets the past from the archive, and it is archived again on arrival", async () => {
  const { world, ann, thread, cells, texts } = await spokenWorld();
  const dan = world.person("dan");
  await world.groups.add(ann, thread.id, ["dan"], "add-dan-1");
  await world.settle();
  expect(await texts(dan)).toEqual(ALL);
  expect(await cells(dan, "message")).toBeLessThan(2 * (TINY.keep + TINY.block));
});

test("an archived message can be deleted and brought back, and read up to", async () => {
  const { world, ben, thread, page } = await spokenWorld();
  const old = (await page(ben))[5];
  if (old === undefined) throw new Error("it is gone");
  await world.acts.deleteMessage(ben, thread.id, old.id, "delete-1");
  await world.settle();
  expect((await page(ben))[5]).toMatchObject({ id: old.id, deleted: {} });
  expect((await world.reads.thread(ben, thread.id)).thread.unread).toBe(SAID - 1);
  await world.acts.restoreMessage(ben, thread.id, old.id, "restore-1");
  await world.settle();
  expect((await page(ben))[5]).toEqual(old);
  await world.acts.read(ben, thread.id, old.id, "read-up-to-5");
  expect((await world.reads.thread(ben, thread.id)).thread.unread).toBe(SAID - 6);
});

test("a damaged or missing block is refused, never shown as an empty page; what is newer can be read", async () => {
  const { world, ann, ben, thread } = await spokenWorld();
  for await (const { key } of world.store.scan(ARCHIVE.name)) {
    if (key[26] !== "m".charCodeAt(0)) continue;
    await world.store.mutateRow(ARCHIVE.name, key, [{ kind: "put", family: "block", qualifier: utf8("data"), value: utf8("rot") }]);
    if (key.toString("latin1").startsWith(ben)) await world.store.mutateRow(ARCHIVE.name, key, [{ kind: "deleteFamily", family: "block" }]);
  }
  const later = messagingWorld({ store: freshCache(world.store), time: world.time });
  for (const user of [ann, ben]) {
    await expect(later.reads.messages(user, thread.id, { limit: 30 })).rejects.toMatchObject({ code: "store/corrupt" });
    expect((await later.reads.messages(user, thread.id, { limit: 1 })).messages).toHaveLength(1);
  }
});

test("an archiver that is stopped finishes its block and begins no other", async () => {
  const { world, ann, thread, cells, texts } = await spokenWorld();
  await world.archiver.stop();
  for (let i = 0; i < 20; i++) await world.sending.send(ann, thread.id, `m${SAID + i}`, `client-${2000 + i}`);
  await world.settle();
  expect(await cells(ann, "message")).toBeGreaterThanOrEqual(20);
  expect(await texts(ann)).toHaveLength(SAID + 20);
});

test("two mailboxes with much to archive take turns, a block each", async () => {
  const world = messagingWorld({ archiving: TINY });
  const [ann, ben] = [world.person("ann"), world.person("ben")];
  const { thread } = await world.sending.start(ann, ["ben"], "maker-start");
  await world.sending.send(ann, thread.id, "hello", "client-hello");
  await world.settle();
  const said = (from: string, n: number): Action => {
    const message: Message = { id: nth(3, n), threadId: thread.id, from, channel: "chat", at: n, text: `m${n}` };
    return { type: "MessageArrived", at: n, maker: `said-${n}`, threadId: thread.id, message, folder: "messages", unread: true };
  };
  const commit = (user: string, from: string) => world.mailboxes.commit(user, undefined, () => Array.from({ length: SAID }, (_, n) => said(from, n)));
  await Promise.all([commit(ann, ben), commit(ben, ann)]);
  await world.settle();
  const turns = world.commits.flatMap(({ user, entries }) => entries.filter(({ action }) => action.type === "MessagesArchived").map(() => user));
  expect(turns.length).toBeGreaterThanOrEqual(8);
  const ahead = turns.map((_, i) => turns.slice(0, i + 1).reduce((sum, user) => sum + (user === ann ? 1 : -1), 0));
  expect(Math.max(...ahead.map(Math.abs))).toBeLessThanOrEqual(2);
});
