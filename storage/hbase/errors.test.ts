import { expect, test } from "vitest";
import { type ErrorKind, remoteError } from "./errors";

const PACKAGE = "org.apache.hadoop.hbase";

test.each<[name: string, doNotRetry: boolean | undefined, kind: ErrorKind]>([
  ["NotServingRegionException", undefined, "moved"],
  ["exceptions.RegionMovedException", false, "moved"],
  ["regionserver.WrongRegionException", true, "moved"],
  ["regionserver.RegionServerStoppedException", true, "moved"],
  ["ipc.ServerNotRunningYetException", false, "moved"],
  ["RegionTooBusyException", undefined, "busy"],
  ["CallQueueTooBigException", false, "busy"],
  ["CallDroppedException", true, "busy"],
  ["exceptions.RegionOpeningException", undefined, "busy"],
  ["quotas.RpcThrottlingException", undefined, "busy"],
  ["PleaseHoldException", false, "busy"],
  ["exceptions.TimeoutIOException", undefined, "unknown-outcome"],
  ["regionserver.wal.WALSyncTimeoutIOException", undefined, "unknown-outcome"],
  ["SomethingNewException", undefined, "unknown-outcome"], // inside a Multi only the name says anything: a strange one may have come after the change
  ["coprocessor.CoprocessorException", undefined, "unknown-outcome"],
  ["SomethingNewException", false, "unknown-outcome"],
  ["SomethingNewException", true, "refused"],
  ["regionserver.NoSuchColumnFamilyException", true, "refused"],
  ...[
    "DoNotRetryIOException",
    "regionserver.NoSuchColumnFamilyException",
    "exceptions.FailedSanityCheckException",
    "TableNotFoundException",
    "TableNotEnabledException",
    "security.AccessDeniedException",
    "quotas.SpaceLimitingException",
    "quotas.QuotaExceededException",
    "io.hfile.CorruptHFileException",
  ].map((name): [string, undefined, ErrorKind] => [name, undefined, "refused"]),
])("%s (do not retry: %s) is %s", (name, doNotRetry, kind) => {
  expect(remoteError(`${PACKAGE}.${name}`, `${PACKAGE}.${name}: words\n\tat x`, doNotRetry)).toMatchObject({ kind, type: name.replace(/.*\./, "") });
});

test("java's own exceptions, and nested classes", () => {
  expect(remoteError("java.io.IOException", "java.io.IOException: disk", undefined).kind).toBe("unknown-outcome");
  expect(remoteError("java.lang.NullPointerException", "", undefined).kind).toBe("unknown-outcome");
  expect(remoteError("java.nio.channels.ClosedChannelException", "", undefined).kind).toBe("unknown-outcome");
  expect(remoteError("a.b.Outer$Inner", "", true).type).toBe("Inner");
});
