import type { Id } from "../../../domain/id";
import type { MailPart } from "../../../domain/message";

export interface MailAddress {
  /** As `normalEmail` spells it. */
  readonly address: string;
  readonly name?: string;
}

/**
 * Why a mail was not read. The original is kept.
 * `too-slow` and `too-much-memory`: the worker was killed over it; `too-many-parts`, `too-deep`, `headers-too-large`: beyond our limits;
 * `raw-lost`: the blob store no longer has it whole; `unreadable`: the parser gave up.
 */
export const QUARANTINE_CODES = ["too-slow", "too-much-memory", "too-many-parts", "too-deep", "headers-too-large", "raw-lost", "unreadable"] as const;
export type QuarantineCode = (typeof QUARANTINE_CODES)[number];

/** A mail from outside, read and ready for the mailboxes. */
export interface InboundMail {
  /** The id under which it waited in the spool; the same each time it is handed over. */
  readonly id: Id;
  /**
   * The same for every arrival of the same mail, so that a repeat does nothing: SHA-256 over Message-ID, From, Date and body. Not over the
   * trace headers, which differ each time; and not over the Message-ID alone, which anybody can copy to suppress another's mail.
   */
  readonly maker: string;
  /** Unix milliseconds at which the door accepted it. */
  readonly at: number;
  /** Nothing proves it (`mail.sender`). `unknown-sender@invalid` when neither header nor envelope names anyone. */
  readonly from: MailAddress;
  /** Users it was addressed to in the envelope, each once. Who stands in To or Cc says nothing about that. */
  readonly recipients: readonly string[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly text: string;
  /** A list's, a machine's or a bounce (null reverse-path): never to be answered by a machine (RFC 3834), and no person's own words. */
  readonly bulk: boolean;
  readonly mail: MailPart;
}

/** Hands a mail to its recipients. Resolves when all of them have it durably; a repeat with the same `maker` changes nothing. */
export type Receive = (mail: InboundMail) => Promise<void>;
