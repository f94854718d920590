import { AppError, ERROR_CODES, type ErrorCode } from "@/domain/error";

/** Why something did not happen: a stable code for programs, a sentence for people. */
export interface Failure {
  readonly code: ErrorCode;
  readonly sentence: string;
}

/** What a person reads when nobody answered at all. */
export const NO_ANSWER: Failure = { code: "store/unavailable", sentence: "Braid does not answer. It is tried again by itself." };

/** Refusals that may be over in a moment; the same call with the same maker's id is safe to repeat. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  "store/unavailable",
  "store/unknown-outcome",
  "store/not-owner",
  "store/overloaded",
  "request/too-many",
] satisfies ErrorCode[]);

export const isPassing = ({ code }: Failure): boolean => PASSING.has(code);

/** The store pauses, as when one of its servers died: nothing was done, or it is not known yet, and it goes on by itself. */
export const isPause = (failure: Failure): boolean => isPassing(failure) && failure.code.startsWith("store/");

/** The session is over or belongs to nobody: only signing in helps. */
export const isSignedOut = ({ code }: Failure): boolean => code === "account/not-signed-in" || code === "account/expired";

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === "string" && code in ERROR_CODES;

/** The server's refusal, or undefined when no answer came at all (no network, a proxy's page, a time-out). */
export const failureOf = (error: unknown): Failure | undefined => (error instanceof AppError ? { code: error.code, sentence: error.message } : undefined);
