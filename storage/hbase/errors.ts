/**
 * What a caller can do about a failure:
 * - `moved`: the region or server is not there (now); nothing was run. The client looks it up again and retries.
 * - `busy`: the server declined for now; nothing was run. The client waits and retries.
 * - `unknown-outcome`: a change was sent and its answer is lost. It may have been made, or may still be made. Only calls that are safe to
 *   repeat are retried.
 * - `refused`: the server (or the client's own check) says no; trying again changes nothing.
 * - `deadline`: time ran out, and nothing was changed.
 * - `overloaded`: a queue of this client is full; nothing was sent.
 * - `closed`: the client was closed.
 */
export type ErrorKind = "moved" | "busy" | "unknown-outcome" | "refused" | "deadline" | "overloaded" | "closed";

export interface ErrorDetails {
  readonly cause?: unknown;
  /** The server says that it is overloaded: wait longer. */
  readonly serverOverloaded?: boolean;
}

export class HBaseError extends Error {
  override readonly name = "HBaseError";
  readonly serverOverloaded: boolean;

  /** @param type the simple class name of the server's exception, or one of this client's own: ConnectFailed, ConnectionLost, CallTimeout, ... */
  constructor(
    readonly kind: ErrorKind,
    readonly type: string,
    message: string,
    { cause, serverOverloaded = false }: ErrorDetails = {},
  ) {
    super(`${type}: ${message.split("\n", 1)[0]}`, { cause });
    this.serverOverloaded = serverOverloaded;
  }
}

/** Thrown before anything was changed: the region or its server is elsewhere or going. */
const MOVED = new Set([
  "NotServingRegionException",
  "RegionMovedException",
  "WrongRegionException",
  "RegionServerStoppedException",
  "RegionServerAbortedException",
  "ServerNotRunningYetException",
  "UnknownRegionException",
  "MasterStoppedException",
]);

/** Thrown before anything was changed: not now. */
const BUSY = new Set([
  "RegionTooBusyException",
  "CallQueueTooBigException",
  "CallDroppedException",
  "RpcThrottlingException",
  "RegionOpeningException",
  "PleaseHoldException",
  "MultiActionResultTooLarge",
  "RetryImmediatelyException",
  "MasterNotRunningException",
]);

/**
 * Thrown before anything was changed, and again if asked again. An error inside the answer of a Multi has no do_not_retry flag, only its class:
 * there a class that is not known may have come after the change (from a sync of the log, say), so these are the only ones that say "not run".
 * Not here: CoprocessorException, as a hook may fail after the change was made.
 */
const NEVER_RUN = new Set([
  "DoNotRetryIOException",
  "DoNotRetryRegionException",
  "NoSuchColumnFamilyException",
  "InvalidFamilyOperationException",
  "FailedSanityCheckException",
  "ConstraintException",
  "InvalidMutationDurabilityException",
  "RowTooBigException",
  "RequestTooBigException",
  "TableNotFoundException",
  "TableNotEnabledException",
  "NamespaceNotFoundException",
  "NoServerForRegionException",
  "AccessDeniedException",
  "InvalidLabelException",
  "FatalConnectionException",
  "WriteAttemptedOnReadOnlyClusterException",
  "QuotaExceededException",
  "SpaceLimitingException",
  "CorruptHFileException",
]);

/** Sorts a server's exception. @param doNotRetry absent inside a Multi */
export function remoteError(className: string, stack: string, doNotRetry?: boolean, details: ErrorDetails = {}): HBaseError {
  const type = className.replace(/^.*[.$]/, "");
  return new HBaseError(kindOf(type, doNotRetry), type, stack.replace(`${className}: `, ""), details);
}

function kindOf(type: string, doNotRetry: boolean | undefined): ErrorKind {
  if (MOVED.has(type)) return "moved";
  if (BUSY.has(type)) return "busy";
  return (doNotRetry ?? NEVER_RUN.has(type)) ? "refused" : "unknown-outcome";
}
