import type { Id } from "@/domain/id";
import type { QuarantineCode } from "./inbound";

/** What happens at the mail doors, one call an event: whoever implements it logs and counts; the call sites do neither. */
export interface MailEvents {
  /** The door said 250. */
  mailAccepted(fact: { readonly id: Id; readonly from: string; readonly recipients: number; readonly bytes: number; readonly ip: string }): void;
  /** The door refused a connection, a sender, a recipient or a mail; `reply` begins with the SMTP code. */
  mailRefused(fact: { readonly reply: string; readonly ip: string }): void;
  /** A mail is in its recipients' mailboxes; `afterMs` since the door accepted it. */
  mailArrived(fact: { readonly id: Id; readonly recipients: number; readonly afterMs: number; readonly quarantined?: QuarantineCode }): void;
  /** A mail stays in the spool and is tried again. */
  mailDeferred(fact: { readonly id: Id; readonly attempts: number; readonly retryInMs: number; readonly error: unknown }): void;
  /** Something around the mails failed: a spool row that cannot be read, a socket, the scan of the spool. */
  mailTrouble(fact: { readonly what: "spool-row-damaged" | "spool-unread" | "door"; readonly id?: Id; readonly error?: unknown }): void;
}

export const QUIET_MAIL_EVENTS: MailEvents = {
  mailAccepted: () => {},
  mailRefused: () => {},
  mailArrived: () => {},
  mailDeferred: () => {},
  mailTrouble: () => {},
};
