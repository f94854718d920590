import type { ParticipantId } from "./address";
import type { Id } from "./id";

/** Work a mailbox owes to others. It is committed with the action that caused it, so a crash repeats it and never forgets it. */
export type OutboxEntry =
  | { readonly kind: "message"; readonly threadId: Id; readonly messageId: Id; readonly to: ParticipantId; readonly attempts: number; readonly retryAt: number }
  | { readonly kind: "receipt"; readonly threadId: Id; readonly to: ParticipantId; readonly upTo: Id }
  | { readonly kind: "history"; readonly threadId: Id; readonly to: ParticipantId; readonly upTo: Id };

/** Key of an entry in its mailbox. The position is part of a receipt's key, so that settling an old one leaves a newer one owed. */
export function outboxKey(entry: OutboxEntry): string {
  switch (entry.kind) {
    case "message":
      return `m:${entry.messageId}:${entry.to}`;
    case "receipt":
      return `r:${entry.threadId}:${entry.upTo}:${entry.to}`;
    case "history":
      return `h:${entry.threadId}:${entry.to}`;
    default:
      return entry satisfies never;
  }
}
