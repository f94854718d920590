import type { ParticipantId } from "./address";
import type { Id } from "./id";
import type { Copied } from "./message";

/** Work a mailbox owes to others. It is committed with the action that caused it, so a crash repeats it and never forgets it. */
export type OutboxEntry =
  | MessageOwed
  | { readonly kind: "copied"; readonly threadId: Id; readonly messageId: Id; readonly to: ParticipantId; readonly copied: Copied }
  | { readonly kind: "receipt"; readonly threadId: Id; readonly to: ParticipantId; readonly upTo: Id }
  | { readonly kind: "history"; readonly threadId: Id; readonly to: ParticipantId; readonly upTo: Id }
  | { readonly kind: "roster"; readonly threadId: Id; readonly by: string; readonly at: number; readonly change: RosterChange };

export interface MessageOwed {
  readonly kind: "message";
  readonly threadId: Id;
  readonly messageId: Id;
  readonly to: ParticipantId;
  readonly attempts: number;
  readonly retryAt: number;
  /** To a phone of the owner of this mailbox, who got the message. */
  readonly copy?: true;
}

/** A change of who is in a group or what it is called, as somebody means it. */
export type RosterChange =
  | { readonly type: "add"; readonly people: readonly ParticipantId[] }
  | { readonly type: "leave" }
  | { readonly type: "name"; readonly name: string };

/** Who asked for it carries it out at once; only if that ended in the middle is it somebody else's turn. Milliseconds. */
const GRACE = 5_000;

/** When it is to be worked on, Unix milliseconds; 0 for at once. */
export function dueAt(entry: OutboxEntry): number {
  switch (entry.kind) {
    case "message":
      return entry.retryAt;
    case "roster":
      return entry.at + GRACE;
    case "receipt":
    case "history":
    case "copied":
      return 0;
    default:
      return entry satisfies never;
  }
}

/** Key of an entry in its mailbox. The position is part of a receipt's key, so that settling an old one leaves a newer one owed; so is the state of a copy. */
export function outboxKey(entry: OutboxEntry): string {
  switch (entry.kind) {
    case "message":
      return `m:${entry.messageId}:${entry.to}`;
    case "receipt":
      return `r:${entry.threadId}:${entry.upTo}:${entry.to}`;
    case "copied":
      return copiedKey(entry);
    case "history":
      return `h:${entry.threadId}:${entry.to}`;
    case "roster":
      return rosterKey(entry.threadId, entry.by);
    default:
      return entry satisfies never;
  }
}

export const rosterKey = (threadId: Id, by: string): string => `g:${threadId}:${by}`;
export const copiedKey = ({ messageId, to, copied }: { readonly messageId: Id; readonly to: ParticipantId; readonly copied: Pick<Copied, "state"> }): string =>
  `c:${messageId}:${to}:${copied.state}`;
