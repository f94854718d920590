import { expect, it } from "vitest";
import type { Attempt, History, Wait } from "./history";
import { acknowledgedBy, errorsOf, pausesOf } from "./pauses";

const wait = (row: string, from: number, to: number, what: Wait["what"] = "change"): Wait => ({ row, what, from, to });
const history = (waits: Wait[], attempts: Attempt[] = []): History => ({ attempts, readings: [], waits });

it("takes the longest wait of each row that touches the stretch, then the middle and the worst row", () => {
  const waits = [wait("a", 0, 900), wait("a", 1_000, 1_010), wait("a", 1_020, 6_020), wait("b", 990, 1_020), wait("c", 1_500, 1_700), wait("d", 2_000, 2_001)];
  const { changes, reads } = pausesOf(history([...waits, wait("a", 1_100, 1_200, "read")]), new Set(["a", "b", "c"]), { from: 1_000, to: 3_000 });
  expect(changes).toEqual({ rows: 3, p50: 200, max: 5_000 });
  expect(reads).toEqual({ rows: 1, p50: 100, max: 100 });
});

it("knows no pause where nothing was waited for", () => {
  expect(pausesOf(history([]), new Set(["a"]), { from: 0, to: 1 }).changes).toEqual({ rows: 0, p50: 0, max: 0 });
});

it("counts failures by kind, and what was acknowledged by span", () => {
  const attempt = { row: "a", seq: 1, token: "t", outcome: "failed" } as const;
  const attempts: Attempt[] = [
    { ...attempt, invoked: 1, ended: 5, error: "unavailable" },
    { ...attempt, invoked: 12, ended: 15, error: "unavailable" },
    { ...attempt, invoked: 13, ended: 40, error: "unknown-outcome (ConnectionLost)" },
  ];
  expect(errorsOf(history([], attempts), { from: 10, to: 20 })).toEqual({ unavailable: 1, "unknown-outcome (ConnectionLost)": 1 });
  const waits = [wait("a", 0, 10), wait("a", 10, 19), wait("b", 0, 31), wait("c", 0, 12), wait("a", 0, 40)];
  expect(acknowledgedBy(history(waits), new Set(["a", "b"]), { from: 10, to: 40 }, 10)).toEqual([2, 0, 1]);
});
