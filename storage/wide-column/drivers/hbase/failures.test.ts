import { expect, it } from "vitest";
import { HBaseError } from "../../../hbase";
import { StoreError } from "../../contract";
import { failureOf, failureOfAll } from "./failures";

const of = (kind: ConstructorParameters<typeof HBaseError>[0], type = "Some", message = "") => new HBaseError(kind, type, message);

it("tells what a failure means for a change, and for a read, which has no outcome", () => {
  const kinds = (["moved", "busy", "deadline", "unknown-outcome", "overloaded", "closed", "refused"] as const).map((kind) => [
    failureOf(of(kind), "changing").kind,
    failureOf(of(kind), "reading").kind,
  ]);
  expect(kinds).toEqual([
    ["unavailable", "unavailable"],
    ["unavailable", "unavailable"],
    ["unavailable", "unavailable"],
    ["unknown-outcome", "unavailable"],
    ["overloaded", "overloaded"],
    ["closed", "closed"],
    ["bad-request", "bad-request"],
  ]);
  expect(failureOf(of("refused", "DoNotRetryIOException", "Field is not a long, it's 6 bytes wide"), "changing").kind).toBe("bad-request");
  expect(failureOf(new TypeError("a fault of ours"), "changing").kind).toBe("unknown-outcome");
});

it.each([
  ["TableNotEnabledException", "bad-request"],
  ["TableNotFoundException", "bad-request"],
  ["NoSuchColumnFamilyException", "bad-request"],
  ["AccessDeniedException", "bad-request"],
  ["FailedSanityCheckException", "bad-request"],
  ["DoNotRetryIOException", "bad-request"],
  ["CellTooLarge", "bad-request"],
  ["SpaceLimitingException", "full"],
  ["CorruptHFileException", "corrupt"],
  ["NotAllMetaRegionsOnlineException", "unavailable"],
  ["LeaseException", "unavailable"],
  ["IOException", "unavailable"],
] as const)("tells of a refusal whether it passes by itself: %s is %s", (type, kind) => {
  const failure = failureOf(of("refused", type, "said HBase"), "changing");
  expect([failure.kind, failure.message]).toEqual([kind, `HBase: ${type}: said HBase`]);
});

it("says of several rows that nothing was changed only if that is certain", () => {
  const [unavailable, unknown] = [new StoreError("unavailable", "no"), new StoreError("unknown-outcome", "?")];
  expect(failureOfAll([true, false, true])).toBeUndefined();
  expect(failureOfAll([unavailable])).toBe(unavailable);
  expect(failureOfAll([false, unavailable, unavailable])).toBe(unavailable);
  expect(failureOfAll([true, unavailable])).toMatchObject({ kind: "unknown-outcome", cause: unavailable });
  expect(failureOfAll([unavailable, unknown])).toMatchObject({ kind: "unknown-outcome" });
});
