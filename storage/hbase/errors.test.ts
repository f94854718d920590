import { expect, test } from "vitest";
import { remoteError } from "./errors";

const PACKAGE = "org.apache.hadoop.hbase";

test.each([
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
  ["SomethingNewException", undefined, "refused"], // inside a Multi only the name says anything
  ["SomethingNewException", false, "unknown-outcome"],
  ["SomethingNewException", true, "refused"],
  ["regionserver.NoSuchColumnFamilyException", true, "refused"],
  ["DoNotRetryIOException", undefined, "refused"],
])("%s (do not retry: %s) is %s", (name, doNotRetry, kind) => {
  expect(remoteError(`${PACKAGE}.${name}`, `${PACKAGE}.${name}: words\n\tat x`, doNotRetry)).toMatchObject({ kind, type: name.replace(/.*\./, "") });
});

test("java's own exceptions, and nested classes", () => {
  expect(remoteError("java.io.IOException", "java.io.IOException: disk", undefined).kind).toBe("unknown-outcome");
  expect(remoteError("java.nio.channels.ClosedChannelException", "", undefined).kind).toBe("unknown-outcome");
  expect(remoteError("a.b.Outer$Inner", "", true).type).toBe("Inner");
});
