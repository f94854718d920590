import { createHash } from "node:crypto";

/** What makes a mail the same mail, whichever way and however often it arrives. */
export interface MailIdentity {
  readonly messageId: string;
  readonly from: string;
  readonly date: string;
  /** Everything below the header block, as it came. */
  readonly body: Uint8Array;
}

export const makerOf = ({ messageId, from, date, body }: MailIdentity): string =>
  `mail:${createHash("sha256")
    .update(JSON.stringify([messageId, from, date]))
    .update("\n")
    .update(body)
    .digest("hex")}`;

/** For a mail of which nothing could be read: a repeat cannot be told then, and is better shown twice than lost. */
export const makerOfUnread = (spoolId: string): string => `mail:unread:${spoolId}`;
