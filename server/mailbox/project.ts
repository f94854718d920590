import { type ActionType, type LogEntry, threadOf } from "@/domain/action";
import { folderKey, type Slice } from "@/domain/reduce";
import type { Thread } from "@/domain/thread";
import type { RowChanges } from "./cells";
import { folderPrefix, HEAD, makerKey, messageKey, threadKey } from "./schema";

/** Where a maker's action is: the position of its last entry, its thread, and the message it made, if it made one. */
export interface MakerRecord {
  readonly seq: number;
  readonly threadId: string;
  readonly messageId?: string;
}

/** Steps of delivery are repeated by ourselves and harmless when they are: nobody asks for their maker. */
const SELF_REPEATING: ReadonlySet<ActionType> = new Set(["RosterSettled", "DeliveryReported", "ReceiptArrived", "ReceiptGiven", "HistoryGiven"]);

/** Writes what one action changed between two slices as cells. Pure in effect: the same log gives the same cells. */
export function project(before: Slice, after: Slice, entry: LogEntry, changes: RowChanges): void {
  changes.put("view", HEAD, after.head);
  if (!SELF_REPEATING.has(entry.action.type)) changes.put("view", makerKey(entry.action.maker), makerRecord(entry));
  projectThread(before.thread, after.thread, changes);
  for (const message of Object.values(after.messages))
    if (before.messages[message.id] !== message) changes.put("message", messageKey(message.threadId, message.id), message);
  for (const [key, owed] of Object.entries(after.outbox)) owed === null ? changes.delete("outbox", key) : changes.put("outbox", key, owed);
}

function projectThread(before: Thread | undefined, after: Thread | undefined, changes: RowChanges): void {
  if (after === undefined || after === before) return;
  changes.put("view", threadKey(after.id), after);
  const order = folderKey(after);
  if (before !== undefined && folderKey(before) === order) return;
  if (before !== undefined) changes.delete("view", folderPrefix(folderKey(before)));
  changes.put("view", folderPrefix(order), undefined);
}

export function makerRecord({ seq, action }: LogEntry): MakerRecord {
  const messageId = "message" in action ? action.message.id : undefined;
  return { seq, threadId: threadOf(action), ...(messageId !== undefined && { messageId }) };
}
