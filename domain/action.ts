import type { ParticipantId } from "./address";
import type { ErrorCode } from "./error";
import type { Id } from "./id";
import type { Copied, Delivery, Message, MessageFile, Preview } from "./message";
import type { RosterChange } from "./outbox";
import type { Folder, Thread } from "./thread";

/**
 * What can happen in a mailbox: the closed list. An action states facts, decided beforehand (which folder, how many stay
 * unread), so that applying it needs nothing but the state. `at` is Unix milliseconds; `maker` is the id its maker gave it, and
 * a second action with the same maker is a repeat.
 */
export type Action = { readonly at: number; readonly maker: string } & (
  | { readonly type: "ThreadOpened"; readonly thread: Pick<Thread, "id" | "kind" | "people" | "names" | "name" | "roster" | "folder" | "activity"> }
  | {
      readonly type: "RosterChanged";
      readonly threadId: Id;
      readonly people: readonly ParticipantId[];
      readonly roster: number;
      readonly name?: string;
      readonly left: boolean;
      readonly message: Message;
    }
  | { readonly type: "RosterIntended"; readonly threadId: Id; readonly by: string; readonly change: RosterChange }
  /** `refused`: why nothing came of it. */
  | { readonly type: "RosterSettled"; readonly threadId: Id; readonly by: string; readonly refused?: ErrorCode }
  | { readonly type: "MessageSent"; readonly threadId: Id; readonly message: Message }
  | {
      readonly type: "MessageArrived";
      readonly threadId: Id;
      readonly message: Message;
      readonly folder: Folder;
      readonly unread: boolean;
      readonly names?: Readonly<Record<ParticipantId, string>>;
    }
  | { readonly type: "HistoryShared"; readonly threadId: Id; readonly messages: readonly Message[] }
  | { readonly type: "HistoryOwed"; readonly threadId: Id; readonly to: readonly ParticipantId[]; readonly upTo: Id }
  | { readonly type: "HistoryGiven"; readonly threadId: Id; readonly to: ParticipantId; readonly upTo: Id | null }
  /** `tell`: who is to hear of it, when it is of a copy. */
  | {
      readonly type: "DeliveryReported";
      readonly threadId: Id;
      readonly messageId: Id;
      readonly to: ParticipantId;
      readonly delivery: Delivery;
      readonly tell?: ParticipantId;
    }
  | { readonly type: "CopyReported"; readonly threadId: Id; readonly messageId: Id; readonly by: ParticipantId; readonly copied: Copied }
  | { readonly type: "CopyTold"; readonly threadId: Id; readonly messageId: Id; readonly to: ParticipantId; readonly copied: Copied }
  | { readonly type: "FileArrived"; readonly threadId: Id; readonly messageId: Id; readonly place: number; readonly file: MessageFile }
  | { readonly type: "ReceiptArrived"; readonly threadId: Id; readonly by: ParticipantId; readonly upTo: Id }
  | { readonly type: "ReceiptGiven"; readonly threadId: Id; readonly to: ParticipantId; readonly upTo: Id }
  | { readonly type: "ThreadRead"; readonly threadId: Id; readonly upTo: Id; readonly unread: number; readonly tell: readonly ParticipantId[] }
  | { readonly type: "ThreadMarkedUnread"; readonly threadId: Id }
  | { readonly type: "ThreadMoved"; readonly threadId: Id; readonly folder: Folder }
  | { readonly type: "ThreadMuted"; readonly threadId: Id; readonly muted: boolean }
  | { readonly type: "MessageDeleted"; readonly threadId: Id; readonly messageId: Id; readonly unread: number; readonly last: Preview | null }
  | { readonly type: "MessageRestored"; readonly threadId: Id; readonly messageId: Id; readonly unread: number; readonly last: Preview | null }
  | { readonly type: "DraftSaved"; readonly threadId: Id; readonly text: string }
  | { readonly type: "MessagesArchived"; readonly threadId: Id; readonly block: Block }
);

/**
 * Messages of a thread that left the head of the mailbox for a block of its archive: the `count` it held from id `from` up to `upTo`, as they
 * were at position `copied` of the log. `digest` is of them: that makes the content of the block certain, whoever wrote it.
 */
export interface Block {
  readonly from: Id;
  readonly upTo: Id;
  readonly count: number;
  readonly copied: number;
  readonly digest: string;
}

export type ActionType = Action["type"];
export type ActionOf<T extends ActionType> = Extract<Action, { type: T }>;

/** An action in its place in the log. `seq` counts from 1 without gaps in each mailbox. */
export interface LogEntry {
  readonly seq: number;
  readonly action: Action;
}

export const threadOf = (action: Action): Id => (action.type === "ThreadOpened" ? action.thread.id : action.threadId);

/** Ids of the messages whose present state the action changes; they are to be loaded before `reduce`. */
export function messagesTouched(action: Action): readonly Id[] {
  switch (action.type) {
    case "DeliveryReported":
    case "CopyReported":
    case "FileArrived":
    case "MessageDeleted":
    case "MessageRestored":
      return [action.messageId];
    default:
      return [];
  }
}
