import { expect, test } from "vitest";
import type { Action } from "@/domain/action";
import { encodeId, type Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { nth } from "@/testkit/actions";
import { act, archivingOn } from "@/testkit/archiving";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "./archiver";
import { Reads } from "./reads";
import { MAILBOX, MAILBOX_TABLES, utf8 } from "./schema";

const USER = nth(1, 0);
const [LARGE, SMALL] = [nth(2, 0), nth(2, 1)];
const MANY = 100_000;
const AT_ONCE = 1_000;
/** Larger blocks than usual, so that the test is sooner done. */
const LIMITS: ArchiveLimits = { ...ARCHIVE_LIMITS, block: 1_000, logBlock: 2_000, rest: 0 };

const idOf = (n: number): Id => {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(4, n);
  return encodeId(bytes);
};
const stampOf = (n: number) => ({ at: n, maker: `maker-${n}` });

function arrival(threadId: Id, n: number): Action {
  const message: Message = { id: idOf(n), threadId, from: nth(1, 1), channel: "chat", at: n, text: `message ${n}, as long as messages are` };
  return { type: "MessageArrived", ...stampOf(n), threadId, message, folder: "messages", unread: true };
}

/** Two conversations in one mailbox, with all archived that is to be. */
async function filled() {
  const store = new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1 });
  const archiving = archivingOn(store, LIMITS);
  const { mailboxes } = archiving;
  const opening = { kind: "direct", people: [USER, nth(1, 1)], names: {}, roster: 0, folder: "messages", activity: "" } as const;
  for (const [i, id] of [LARGE, SMALL].entries()) await act(mailboxes, USER, { type: "ThreadOpened", ...stampOf(-1 - i), thread: { id, ...opening } });
  for (let n = 0; n < MANY; n += AT_ONCE) await mailboxes.commit(USER, undefined, () => Array.from({ length: AT_ONCE }, (_, i) => arrival(LARGE, n + i)));
  await mailboxes.commit(USER, undefined, () => Array.from({ length: 50 }, (_, i) => arrival(SMALL, MANY + i)));
  await archiving.all(USER, [LARGE, SMALL]);
  return { store, mailboxes };
}

test("a thread of 100,000 messages opens with as many reads as one of 50, its oldest page can be read, and the head stays small", async () => {
  const { store, mailboxes } = await filled();
  const reads = new Reads(mailboxes);
  const opened = async (threadId: Id) => {
    const before = store.stats().reads;
    const { messages } = await reads.messages(USER, threadId, { limit: 50 });
    return { reads: store.stats().reads - before, messages: messages.length };
  };
  expect(await opened(LARGE)).toEqual(await opened(SMALL));
  const oldest = await reads.messages(USER, LARGE, { before: idOf(120), limit: 50 });
  expect(oldest.messages.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, i) => 70 + i));
  expect(oldest.more).toBe(true);
  const first = await reads.messages(USER, LARGE, { after: "0", limit: 3 });
  expect(first.messages.map(({ at }) => at)).toEqual([0, 1, 2]);
  const row = await store.get(MAILBOX.name, utf8(USER), { families: ["message", "log"] });
  expect(row?.families.message?.length).toBeLessThan(LIMITS.keep + LIMITS.block + 50);
  expect(row?.families.log?.length).toBeLessThan(LIMITS.keepLog + LIMITS.logBlock);
  expect((await reads.sync(USER, 0, 200)).entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  expect((await reads.thread(USER, LARGE)).thread.unread).toBe(MANY);
}, 300_000);
