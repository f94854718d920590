import type { Action } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import { archiveLog } from "@/server/mailbox/archive-log";
import { archiveMessages } from "@/server/mailbox/archive-messages";
import type { ArchiveLimits, Archiving } from "@/server/mailbox/archiver";
import { Blocks } from "@/server/mailbox/blocks";
import { Mailboxes } from "@/server/mailbox/mailboxes";
import { ARCHIVE } from "@/server/mailbox/schema";
import { realTimers } from "@/server/platform/timers";
import type { WideColumnStore } from "@/storage/wide-column/contract";

/** So small that a short sequence of actions meets every one of them. */
export const TINY: ArchiveLimits = { keep: 2, block: 3, keepLog: 4, logBlock: 3, bytes: 700, every: 1, rest: 0 };

let tokens = 0;

/** The mailboxes of one server on this store, and what archives them when told to. */
export function archivingOn(store: WideColumnStore, limits: ArchiveLimits = TINY): Archiving & { all(user: Id, threadIds: readonly Id[]): Promise<void> } {
  const mailboxes = new Mailboxes({ store, token: () => `t${tokens++}`, timers: realTimers, patience: 0, announce() {} });
  const archiving: Archiving = { mailboxes, limits, clock: () => 1, blocks: new Blocks(store) };
  return {
    ...archiving,
    /** Archives what there is, until nothing is left to do. */
    async all(user, threadIds) {
      for (const threadId of threadIds) while (await archiveMessages(archiving, user, threadId));
      while (await archiveLog(archiving, user));
    },
  };
}

/** All that a person can see of these threads of a mailbox, whatever is archived: pages of every size both ways, single messages, counts, the log. */
export async function seen(mailboxes: Mailboxes, user: Id, threadIds: readonly Id[], messageIds: readonly Id[]): Promise<Record<string, unknown>> {
  return mailboxes.read(user, async (view, row) => {
    const found: Record<string, unknown> = { unread: view.head.unread };
    for (const threadId of threadIds) {
      found[threadId] = plain(await view.thread(threadId));
      const page = async (bounds: { before?: Id; after?: Id }, limit: number) => (await view.messagePage(threadId, { ...bounds, limit })).map(textOf);
      for (const limit of [1, 4, 100]) found[`${threadId} newest ${limit}`] = await page({}, limit);
      for (const id of messageIds) {
        const message = await view.message(threadId, id);
        found[`${threadId} ${id}`] = [message && textOf(message), await page({ before: id }, 3), await page({ after: id }, 3)];
      }
    }
    const log = await row.log(0, 10_000);
    found.gaps = log.flatMap(({ seq }, i) => (seq === i + 1 ? [] : [seq]));
    found.log = log.flatMap(({ action }) => (action.type === "MessagesArchived" ? [] : [JSON.stringify(action)]));
    return found;
  });
}

export const act = (mailboxes: Mailboxes, user: Id, action: Action) => mailboxes.commit(user, action.maker, () => [action]);

/** Blocks of messages in the archive of a mailbox, committed or not. */
export async function messageBlocks(store: WideColumnStore): Promise<number> {
  let blocks = 0;
  for await (const { key } of store.scan(ARCHIVE.name)) if (key.toString("latin1")[26] === "m") blocks++;
  return blocks;
}

const textOf = (message: Message): string => JSON.stringify(message);

const plain = (thread: Thread | undefined) => {
  if (thread === undefined) return undefined;
  const { archived: _where, ...shown } = thread;
  return shown;
};

/** The same store to somebody who has opened no block of it yet: what is remembered is remembered for each object. */
export const freshCache = <T extends object>(store: T): T => new Proxy(store, { get: (target, name) => bound(target, Reflect.get(target, name)) });
const bound = (target: object, value: unknown) => (typeof value === "function" ? value.bind(target) : value);
