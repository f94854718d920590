import fc from "fast-check";
import { expect, test } from "vitest";
import type { Action } from "@/domain/action";
import type { Message } from "@/domain/message";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import type { Fault, Faults } from "@/storage/wide-column/drivers/memory/faults";
import { busyActions, nth } from "@/testkit/actions";
import { act, archivingOn, freshCache, messageBlocks, seen, TINY } from "@/testkit/archiving";
import { dumpDerived } from "@/testkit/dump";
import { archiveMessages } from "./archive-messages";
import { Blocks } from "./blocks";
import type { Mailboxes } from "./mailboxes";
import { dropDerived } from "./replay";
import { MailboxRow } from "./row";
import { MAILBOX_TABLES } from "./schema";

const USER = nth(1, 0);
const THREADS = [0, 1].map((n) => nth(2, n));
const THREAD = THREADS[0] as string;
const MESSAGES = [0, 1, 2, 5, 8, 13, 21, 30].map((n) => nth(3, n));
const RUNS = 30;
const newStore = () => new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1 });

/** Before an action: whose server does it, and what of the archiver runs beside it. */
const moments = fc.array(fc.record({ server: fc.constantFrom(0, 0, 0, 1), archives: fc.constantFrom("nothing", "before", "meanwhile") }), {
  minLength: 62,
  maxLength: 62,
});
const limits = fc.record({ keep: fc.integer({ min: 0, max: 3 }), block: fc.integer({ min: 1, max: 4 }), keepLog: fc.integer({ min: 1, max: 6 }) });

test("whatever is archived and when, by two servers that take the mailbox from each other, people see the same, and a replay gives the same bytes", async () => {
  let archived = 0;
  const property = fc.asyncProperty(busyActions, moments, limits, async (actions, when, some) => {
    const [store, plainStore] = [newStore(), newStore()];
    const servers = [archivingOn(store, { ...TINY, ...some }), archivingOn(store, { ...TINY, ...some, block: 2 })] as const;
    const { mailboxes: without } = archivingOn(plainStore);
    for (const [i, action] of actions.entries()) {
      const { server, archives } = when[i] as (typeof when)[number];
      const [mine, other] = server === 0 ? servers : [servers[1], servers[0]];
      if (archives === "before") await mine.all(USER, THREADS).catch(refused);
      const archiving = archives === "meanwhile" ? other.all(USER, THREADS).catch(refused) : undefined;
      await Promise.all([act(mine.mailboxes, USER, action), act(without, USER, action), archiving]);
    }
    archived += await messageBlocks(store);
    const expected = await seen(without, USER, THREADS, MESSAGES);
    expect(await seen(archivingOn(store).mailboxes, USER, THREADS, MESSAGES)).toEqual(expected);
    const before = await dumpDerived(store, USER);
    await dropDerived(store, new MailboxRow(store, USER));
    expect(await seen(archivingOn(store).mailboxes, USER, THREADS, MESSAGES)).toEqual(expected);
    expect(await dumpDerived(store, USER)).toEqual(before);
  });
  await fc.assert(property, { numRuns: RUNS, seed: 20_101_115, endOnFailure: true });
  expect(archived).toBeGreaterThan(RUNS);
}, 240_000);

/** What a server hears that lost the mailbox while it archived. */
function refused(error: unknown): void {
  expect(error).toMatchObject({ code: "store/not-owner" });
}

/** The server dies at its nth change of the store, just before or just after it: whatever it tries after that comes to nothing. */
class Dying implements Faults {
  #changes = 0;
  isDead = false;
  constructor(
    private readonly nth: number,
    private readonly how: Fault,
  ) {}
  next(): Fault | undefined {
    if (this.isDead) return "unavailable";
    if (++this.#changes !== this.nth) return undefined;
    this.isDead = true;
    return this.how;
  }
}

function arrived(n: number): Action {
  const message: Message = { id: nth(3, n), threadId: THREAD, from: nth(1, 1), channel: "chat", at: n, text: `m${n}` };
  return { type: "MessageArrived", at: n, maker: `maker-${n}`, threadId: THREAD, message, folder: "messages", unread: true };
}

/** Eight messages, the first of them deleted: enough for two blocks of messages and three of the log. */
async function converse(mailboxes: Mailboxes): Promise<void> {
  const stamp = (n: number) => ({ at: n, maker: `maker-${n}`, threadId: THREAD });
  const thread = { id: THREAD, kind: "direct", people: [USER, nth(1, 1)], names: {}, roster: 0, folder: "messages", activity: "" } as const;
  await act(mailboxes, USER, { type: "ThreadOpened", ...stamp(100), thread });
  for (let n = 0; n < 8; n++) await act(mailboxes, USER, arrived(n));
  await act(mailboxes, USER, { type: "MessageDeleted", ...stamp(50), messageId: nth(3, 0), unread: 7, last: null });
}

/** Runs an archiver that dies at its nth change; answers whether it came that far. */
async function dies(nthChange: number, how: Fault): Promise<boolean> {
  let faults: Dying | undefined;
  const store = new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1, faults: { next: () => faults?.next() } });
  const first = archivingOn(store);
  await converse(first.mailboxes);
  const expected = await seen(first.mailboxes, USER, [THREAD], MESSAGES);
  faults = new Dying(nthChange, how);
  await first.all(USER, [THREAD]).catch(() => {});
  const died = faults.isDead;
  faults = undefined;
  expect(await seen(archivingOn(store).mailboxes, USER, [THREAD], MESSAGES)).toEqual(expected);
  const next = archivingOn(store);
  await next.all(USER, [THREAD]);
  expect(await seen(next.mailboxes, USER, [THREAD], MESSAGES)).toEqual(expected);
  expect(await messageBlocks(store)).toBe(2);
  const before = await dumpDerived(store, USER);
  await dropDerived(store, new MailboxRow(store, USER));
  expect(await seen(archivingOn(store).mailboxes, USER, [THREAD], MESSAGES)).toEqual(expected);
  expect(await dumpDerived(store, USER)).toEqual(before);
  return died;
}

test("a server that dies at any change of the store leaves no hole and nothing twice, and the next one clears away what it left", async () => {
  for (const how of ["unavailable", "unknown-applied", "unknown-not-applied"] as const) {
    let changes = 1;
    while (await dies(changes, how)) changes++;
    expect(changes).toBeGreaterThan(10);
  }
}, 240_000);

test("an answer that gets lost while archiving changes nothing of what is seen", async () => {
  for (const how of ["unknown-applied", "unknown-not-applied", "full"] as const)
    for (let at = 1; at <= 10; at++) {
      let calls = Number.NEGATIVE_INFINITY;
      const store = new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1, faults: { next: () => (++calls === at ? how : undefined) } });
      const archiving = archivingOn(store);
      await converse(archiving.mailboxes);
      const expected = await seen(archiving.mailboxes, USER, [THREAD], MESSAGES);
      calls = 0;
      for (let tries = 0; tries < 2; tries++) await archiving.all(USER, [THREAD]).catch(() => {});
      expect(await seen(archiving.mailboxes, USER, [THREAD], MESSAGES)).toEqual(expected);
      expect(await messageBlocks(store)).toBe(2);
    }
}, 240_000);

/** Blocks; after each is written something happens, before it is committed. */
class Interrupted extends Blocks {
  written = 0;
  constructor(
    store: MemoryStore,
    private readonly then: () => Promise<unknown>,
  ) {
    super(store);
  }
  override async write(...block: Parameters<Blocks["write"]>): Promise<void> {
    await super.write(...block);
    if (this.written++ === 0) await this.then();
  }
}

const RESTORED = { type: "MessageRestored", at: 60, maker: "maker-60", threadId: THREAD, messageId: nth(3, 0), unread: 8, last: null } as const;

test("messages that change while they are copied are copied again", async () => {
  const store = newStore();
  const archiving = archivingOn(store);
  await converse(archiving.mailboxes);
  const blocks = new Interrupted(store, () => act(archiving.mailboxes, USER, RESTORED));
  expect(await archiveMessages({ ...archiving, blocks }, USER, THREAD)).toBe(true);
  expect(blocks.written).toBe(2);
  expect(await messageBlocks(store)).toBe(1);
  expect(await firstMessage(store)).toMatchObject({ text: "m0", deleted: undefined });
});

test("a server that lost the mailbox between copying and committing archives nothing behind the back of the other", async () => {
  const store = newStore();
  const [old, young] = [archivingOn(store), archivingOn(store)];
  await converse(old.mailboxes);
  const blocks = new Interrupted(store, async () => {
    await act(young.mailboxes, USER, RESTORED);
    await young.all(USER, [THREAD]);
  });
  await archiveMessages({ ...old, blocks }, USER, THREAD);
  expect((await seen(archivingOn(store).mailboxes, USER, [THREAD], MESSAGES))[`${THREAD} newest 100`]).toHaveLength(8);
  expect(await firstMessage(store)).toMatchObject({ text: "m0", deleted: undefined });
});

test("a server that was replaced, and copies what it finds now, spoils no block of the other", async () => {
  const store = newStore();
  const [old, young] = [archivingOn(store), archivingOn(store)];
  await converse(old.mailboxes);
  await young.all(USER, [THREAD]); // at the position of the log where the old one stands
  await act(young.mailboxes, USER, RESTORED);
  for (const n of [8, 9]) await act(young.mailboxes, USER, arrived(n));
  await archiveMessages(old, USER, THREAD).catch(refused);
  const found = await seen(archivingOn(freshCache(store)).mailboxes, USER, [THREAD], MESSAGES);
  expect(found[`${THREAD} newest 100`]).toHaveLength(10);
});

test("a server that was replaced and has not noticed finds what the other archived, when it has to be certain", async () => {
  const store = newStore();
  const [old, young] = [archivingOn(store), archivingOn(store)];
  await converse(old.mailboxes);
  await young.all(USER, [THREAD]);
  const before = { before: nth(3, 7), limit: 50 };
  expect(await old.mailboxes.readOwned(USER, (view) => view.messagePage(THREAD, before))).toHaveLength(7);
});

const firstMessage = async (store: MemoryStore) => {
  const message = await archivingOn(store).mailboxes.read(USER, (view) => view.message(THREAD, nth(3, 0)));
  return message && { text: message.text, deleted: message.deleted };
};
