import type { InboundMail, Mailer } from "@/server/delivery/receive";

export type { InboundMail };
export type MailAddress = Mailer;

/**
 * Why a mail was not read (`MailPart.quarantined`). The original is kept and its text is empty.
 * `too-slow` and `too-much-memory`: the worker was killed over it; `too-many-parts`, `too-deep`, `headers-too-large`: beyond our limits;
 * `raw-lost`: the blob store no longer has it whole; `unreadable`: the parser gave up.
 */
export const QUARANTINE_CODES = ["too-slow", "too-much-memory", "too-many-parts", "too-deep", "headers-too-large", "raw-lost", "unreadable"] as const;
export type QuarantineCode = (typeof QUARANTINE_CODES)[number];

/** Hands a mail to its recipients. Resolves when all of them have it durably; a repeat with the same `maker` changes nothing. */
export type Receive = (mail: InboundMail) => Promise<void>;
