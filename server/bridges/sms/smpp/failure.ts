import { cleanLine } from "@/server/content/text";

/**
 * What became of a message, for the caller to decide by.
 * - `not-sent`: the carrier does not have it; it may be sent again.
 * - `unknown-outcome`: it was sent and no answer came, so the carrier may have it.
 * - `temporary`: the carrier refused it for now. `throttled`: it wants them more slowly.
 * - `permanent`: the carrier will never take it as it is.
 * - `overloaded`: too many wait here already.
 * - `login`: the carrier does not accept our name or password; only new settings help.
 */
export type SmppFailureKind = "not-sent" | "unknown-outcome" | "temporary" | "throttled" | "permanent" | "overloaded" | "login";

const MAX_WORDS = 300;

/** `code` is a stable word: a name of SMPP's command_status (`ESME_RINVDSTADR`), or one of ours in lower case. The message is a sentence for a person. */
export class SmppFailure extends Error {
  override readonly name = "SmppFailure";
  constructor(
    readonly kind: SmppFailureKind,
    readonly code: string,
    sentence: string,
  ) {
    super(cleanLine(sentence, MAX_WORDS));
  }

  as(kind: SmppFailureKind): SmppFailure {
    return new SmppFailure(kind, this.code, this.message);
  }
}
