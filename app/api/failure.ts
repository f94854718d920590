import { isTRPCClientError } from "@trpc/client";
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

/** The session is over or belongs to nobody: only signing in helps. */
export const isSignedOut = ({ code }: Failure): boolean => code === "account/not-signed-in" || code === "account/expired";

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === "string" && code in ERROR_CODES;

/** The server's refusal, or undefined when no answer came at all (no network, a proxy's page, a time-out). */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof AppError) return { code: error.code, sentence: error.message };
  if (!isTRPCClientError(error)) return undefined;
  const data: unknown = error.data;
  const code = typeof data === "object" && data !== null && "app" in data ? data.app : undefined;
  return isErrorCode(code) ? { code, sentence: error.message } : undefined;
}
