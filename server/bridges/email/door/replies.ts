import { BlobError } from "@/storage/blobs/contract";
import { StoreError } from "@/storage/wide-column/contract";

/** A refusal in SMTP's words: reply code (RFC 5321 4.2) and a text that begins with the enhanced code (RFC 3463). */
export class SmtpReply extends Error {
  override readonly name = "SmtpReply";
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

export const reply = {
  tooLarge: (bytes: number) => new SmtpReply(552, `5.3.4 The mail is larger than ${bytes} bytes`),
  headersTooLarge: (bytes: number) => new SmtpReply(552, `5.3.4 The header block is larger than ${bytes} bytes`),
  unknownRecipient: () => new SmtpReply(550, "5.1.1 There is nobody at that address"),
  badRecipient: () => new SmtpReply(553, "5.1.3 That is not an address of this server"),
  noRelay: () => new SmtpReply(550, "5.7.1 This server takes mail for its own people only"),
  guessing: () => new SmtpReply(421, "4.7.0 Too many unknown recipients"),
  tooManyConnections: () => new SmtpReply(421, "4.7.0 Too many connections, try again later"),
  tooSlow: () => new SmtpReply(421, "4.4.2 The mail took too long"),
  sessionTooLong: () => new SmtpReply(421, "4.4.2 The connection took too long"),
  stopping: () => new SmtpReply(421, "4.3.2 The server is stopping, try again later"),
  noRoom: () => new SmtpReply(452, "4.3.1 The server has no room for it now, try again later"),
  notStored: () => new SmtpReply(451, "4.3.0 The mail could not be stored, try again later"),
} as const;

/** What the sender hears when its mail could not be stored; it keeps the mail in every case. */
export function storageReply(error: unknown): SmtpReply {
  const full = (error instanceof StoreError || error instanceof BlobError) && error.kind === "full";
  return full ? reply.noRoom() : reply.notStored();
}
