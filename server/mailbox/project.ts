import { type ActionType, type LogEntry, threadOf } from "@/domain/action";
import type { ErrorCode } from "@/domain/error";
import type { Id } from "@/domain/id";
import { folderKey, type Slice } from "@/domain/reduce";
import type { Thread } from "@/domain/thread";
import type { RowChanges } from "./cells";
import { blockKey, folderPrefix, HEAD, makerKey, messageKey, threadKey } from "./schema";

/** Where a maker's action is: the position of its last entry, its thread, the message it made, if it made one, and why it was refused, if it was. */
export interface MakerRecord {
  readonly seq: number;
  readonly threadId: string;
  readonly messageId?: string;
  readonly refused?: ErrorCode;
}

/** Steps of delivery and archiving are repeated by ourselves and harmless when they are: nobody asks for their maker, but for why something was refused. */
const SELF_REPEATING: ReadonlySet<ActionType> = new Set([
  "RosterSettled",
  "DeliveryReported",
  "FileArrived",
  "ReceiptArrived",
  "ReceiptGiven",
  "HistoryGiven",
  "MessagesArchived",
]);

/** The maker of an arrival that has no other name than its message's. */
export const arrivalOf = (messageId: Id): string => `arrive:${messageId}`;

/** Writes what one action changed between two slices as cells. Pure in effect: the same log gives the same cells. */
export function project(before: Slice, after: Slice, entry: LogEntry, changes: RowChanges): void {
  changes.put("view", HEAD, after.head);
  if (isAskedFor(entry)) changes.put("view", makerKey(entry.action.maker), makerRecord(entry));
  projectThread(before.thread, after.thread, changes);
  for (const message of Object.values(after.messages))
    if (before.messages[message.id] !== message) changes.put("message", messageKey(message.threadId, message.id), message);
  projectArchiving(before, after, entry, changes);
  for (const [key, owed] of Object.entries(after.outbox)) owed === null ? changes.delete("outbox", key) : changes.put("outbox", key, owed);
}

/** A message that arrives under its own name is found as that message when it comes again. */
function isAskedFor(entry: LogEntry): boolean {
  const { action } = entry;
  if (action.type === "MessageArrived" && action.maker === arrivalOf(action.message.id)) return false;
  return !SELF_REPEATING.has(action.type) || refusalOf(entry) !== undefined;
}

function projectThread(before: Thread | undefined, after: Thread | undefined, changes: RowChanges): void {
  if (after === undefined || after === before) return;
  changes.put("view", threadKey(after.id), after);
  const order = folderKey(after);
  if (before !== undefined && folderKey(before) === order) return;
  if (before !== undefined) changes.delete("view", folderPrefix(folderKey(before)));
  changes.put("view", folderPrefix(order), undefined);
}

/** In one mutation the head forgets messages and learns of the block that has them: a block nobody has been told of does not exist. */
function projectArchiving(before: Slice, after: Slice, { action }: LogEntry, changes: RowChanges): void {
  if (action.type !== "MessagesArchived" || after.thread === before.thread) return;
  for (const { id, threadId } of Object.values(before.messages)) if (after.messages[id] === undefined) changes.delete("message", messageKey(threadId, id));
  changes.put("view", blockKey(action.threadId, action.block.from), action.block);
}

export function makerRecord(entry: LogEntry): MakerRecord {
  const { seq, action } = entry;
  const messageId = "message" in action ? action.message.id : undefined;
  const refused = refusalOf(entry);
  return { seq, threadId: threadOf(action), ...(messageId !== undefined && { messageId }), ...(refused !== undefined && { refused }) };
}

const refusalOf = ({ action }: LogEntry): ErrorCode | undefined => ("refused" in action ? action.refused : undefined);
