import { HBaseError } from "../../../hbase";
import { StoreError, type StoreErrorKind } from "../../contract";

/** A counter of the wrong length; HBase says so in words only, before it changes anything. */
const NO_COUNTER = /Field is not a long/;

/** HDFS is never full to HBase's clients: servers stop. A quota says so. */
const FULL = /SpaceLimiting|NoInserts|NoWrites|QuotaExceeded/;

/** Refusals that pass by themselves. The plain ones are failures of the master's procedures, as when HDFS was away while it made a table. */
const PASSING = new Set([
  "NoServerForRegionException",
  "NotAllMetaRegionsOnlineException",
  "ConcurrentTableModificationException",
  "ServerTooBusyException",
  "UnknownScannerException",
  "OutOfOrderScannerNextException",
  "ScannerResetException",
  "LeaseException",
  "IOException",
  "TimeoutIOException",
  "InterruptedIOException",
  "RemoteException",
]);

/** What a failure of the client means for a read, or for a change that is one row. */
export function failureOf(error: unknown, doing: "reading" | "changing"): StoreError {
  if (error instanceof StoreError) return error;
  if (!(error instanceof HBaseError)) return new StoreError(doing === "reading" ? "unavailable" : "unknown-outcome", String(error), { cause: error });
  return new StoreError(kindOf(error, doing), `HBase: ${error.message}`, { cause: error });
}

function kindOf({ kind, type, message }: HBaseError, doing: "reading" | "changing"): StoreErrorKind {
  switch (kind) {
    case "moved":
    case "busy":
    case "deadline":
      return "unavailable";
    case "unknown-outcome":
      return doing === "reading" ? "unavailable" : "unknown-outcome";
    case "overloaded":
    case "closed":
      return kind;
    case "refused":
      return refusal(type, message);
    default:
      return kind satisfies never;
  }
}

/** What HBase says no to for good is the caller's or the administrator's to mend, and nobody waits for it: what it said is in the message. */
function refusal(type: string, message: string): StoreErrorKind {
  if (NO_COUNTER.test(message)) return "bad-request";
  if (FULL.test(type)) return "full";
  if (/CorruptHFile|ChecksumException/.test(type)) return "corrupt";
  return PASSING.has(type) ? "unavailable" : "bad-request";
}

/** What became of each row of a call: whether it was changed, or why not. */
export type Outcome = boolean | StoreError;

/** The failure of a call on several rows: its own if certainly nothing was changed, else nobody can tell of the whole. */
export function failureOfAll(outcomes: readonly Outcome[]): StoreError | undefined {
  const failures = outcomes.filter((outcome) => outcome instanceof StoreError);
  const [first] = failures;
  if (first === undefined || outcomes.length === 1) return first;
  if (!outcomes.includes(true) && failures.every(({ kind }) => kind !== "unknown-outcome")) return first;
  return new StoreError("unknown-outcome", `Of ${outcomes.length} rows ${failures.length} failed: ${first.message}`, { cause: first });
}
