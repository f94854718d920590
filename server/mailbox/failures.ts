import { AppError, type ErrorCode } from "@/domain/error";
import { StoreError, type StoreErrorKind } from "@/storage/wide-column/contract";

const CODES: Record<StoreErrorKind, ErrorCode> = {
  "bad-request": "server/internal",
  overloaded: "store/overloaded",
  unavailable: "store/unavailable",
  "unknown-outcome": "store/unknown-outcome",
  full: "store/full",
  corrupt: "store/corrupt",
  locked: "store/locked",
  closed: "store/unavailable",
};

/** A failure of the store in the person's words; anything else goes through as it is. */
export const inWords = (error: unknown): unknown => (error instanceof StoreError ? new AppError(CODES[error.kind], undefined, { cause: error }) : error);
