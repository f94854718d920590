import type { Block } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { Cell } from "@/storage/wide-column/contract";
import type { Archiving } from "./archiver";
import { decode, encode } from "./cells";
import type { MailboxRow } from "./row";
import { digestOf, messageBlock } from "./schema";
import type { MailboxView } from "./turn";

/** How often messages that change while they are copied are copied again. */
const ATTEMPTS = 3;

interface Copy {
  readonly threadId: Id;
  readonly block: Block;
  readonly messages: readonly Message[];
  /** The messages as they are compared. */
  readonly raw: Buffer;
}

/**
 * Archives one block of a thread. Copy first, then remove: the block is durable before the commit that makes the head forget its messages and
 * says which block has them. After a crash between there is a block nobody knows of; the next run writes its own and clears it away.
 */
export async function archiveMessages(archiving: Archiving, user: Id, threadId: Id): Promise<boolean> {
  const { mailboxes, blocks } = archiving;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const copy = await mailboxes.read(user, (view, row) => chosen(archiving, view, row, threadId));
    if (copy === undefined) return false;
    const { block, messages } = copy;
    const { from, upTo, copied } = block;
    await blocks.write(messageBlock(user, threadId, block), { first: from, last: upTo }, messages);
    const { entries } = await mailboxes.commit(
      user,
      undefined,
      async (view) => {
        if (!(await isStill(copy, view))) return [];
        return [{ type: "MessagesArchived", at: archiving.clock(), maker: `archive:${threadId}:${from}:${copied}`, threadId, block }];
      },
      false,
    );
    if (entries.length > 0) return clearAway(archiving, user, copy);
  }
  return false;
}

/**
 * The oldest messages of the head, when enough newer ones stay; or, where the past of a group came page by page from the newest back, those just
 * before what is archived. Never any between: blocks do not overlap, and what changed after it was archived stays in the head.
 */
async function chosen({ limits }: Archiving, view: MailboxView, row: MailboxRow, threadId: Id): Promise<Copy | undefined> {
  const archived = (await view.thread(threadId))?.archived;
  const newer = await row.messageCells(threadId, { after: archived?.upTo ?? "", limit: limits.block + limits.keep });
  if (newer.length === limits.block + limits.keep) return copyOf(threadId, fitting(newer.slice(0, limits.block), limits.bytes), view);
  const older = archived === undefined ? [] : await row.messageCells(threadId, { before: archived.from, limit: limits.block });
  if (older.length < limits.block) return undefined;
  return copyOf(threadId, fitting(older.reverse(), limits.bytes).reverse(), view);
}

function copyOf(threadId: Id, cells: readonly Cell[], { head }: MailboxView): Copy {
  const messages = cells.map(({ value }) => decode<Message>(value));
  const raw = encode(messages);
  const ends = { from: (messages[0] as Message).id, upTo: (messages.at(-1) as Message).id };
  return { threadId, messages, raw, block: { ...ends, count: messages.length, copied: head.seq, digest: digestOf(raw) } };
}

/** Whether what was copied is exactly what the head holds there: messages change, and older ones may come. */
async function isStill({ threadId, block, raw }: Copy, view: MailboxView): Promise<boolean> {
  const { archived } = (await view.thread(threadId)) as Thread;
  if (archived !== undefined && block.from <= archived.upTo && block.upTo >= archived.from) return false;
  return encode(await view.stretch(threadId, block)).equals(raw);
}

/**
 * Removes what earlier attempts left: blocks that begin with the same message and were copied earlier. None of them was or will be committed,
 * because the message was in the head until now, and whoever may still try has lost the mailbox.
 */
async function clearAway({ blocks }: Archiving, user: Id, { threadId, block: { from, copied } }: Copy): Promise<true> {
  const left = await blocks.keys(messageBlock(user, threadId, { from, copied: 0 }), messageBlock(user, threadId, { from, copied }));
  for (const key of left) await blocks.remove(key);
  return true;
}

/** As many from the beginning as have so many bytes together; one at least. */
function fitting(cells: readonly Cell[], bytes: number): Cell[] {
  let sum = 0;
  const over = cells.findIndex(({ value }) => {
    sum += value.length;
    return sum > bytes;
  });
  return over < 0 ? [...cells] : cells.slice(0, Math.max(1, over));
}
