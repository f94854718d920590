import fc from "fast-check";
import { expect, it } from "vitest";
import type { Cell as StoredCell } from "../../../hbase";
import type { Range } from "../../contract";
import { FamilyLayout } from "./layout";
import { firstOf, lastOf, type ReadStretch, storedRange } from "./slices";

const b = (text: string) => Buffer.from(text, "latin1");

/** A row as HBase serves it: forwards, from a name on, over an offset. */
function rowOf(qualifiers: readonly Buffer[], before: (asked: number) => void = () => {}) {
  const sorted = [...qualifiers].sort(Buffer.compare);
  const cells = sorted.map((qualifier): StoredCell => ({ row: b("row"), family: b("log"), qualifier, ts: 1, type: 4, value: b("") }));
  const asked = { times: 0, most: 0 };
  const read: ReadStretch = async ({ from, to }, { offset = 0, limit = Number.POSITIVE_INFINITY }) => {
    before(asked.times++);
    const start = (from ? firstAt(cells, from) : 0) + offset;
    const end = to ? firstAt(cells, to) : cells.length;
    const found = cells.slice(start, Math.max(start, Math.min(end, start + limit)));
    asked.most = Math.max(asked.most, found.length);
    return found;
  };
  return { cells, read, asked };
}
/** Where the first cell at or after the qualifier is. */
function firstAt(cells: readonly StoredCell[], qualifier: Uint8Array): number {
  let [low, high] = [0, cells.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Buffer.compare(cells[middle]!.qualifier, qualifier) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
const names = (cells: readonly StoredCell[]) => cells.map(({ qualifier }) => Buffer.from(qualifier).toString("latin1"));
const numbered = (count: number) => Array.from({ length: count }, (_, at) => b(String(at).padStart(6, "0")));

it("reads both ways in both kinds of family what a sorted list gives", () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom("", "\0", "a", "a\0", "a\0\xff", "b", "\xff", "\xff\xff"), { maxLength: 8 }),
      fc.record({
        from: fc.option(fc.constantFrom("\0", "a", "a\0", "b"), { nil: undefined }),
        to: fc.option(fc.constantFrom("a\0", "b", "\xff"), { nil: undefined }),
        limit: fc.integer({ min: 1, max: 9 }),
        reverse: fc.boolean(),
      }),
      fc.boolean(),
      async (qualifiers, { from, to, limit, reverse }, newestFirst) => {
        const family = new FamilyLayout("mailbox", "log", newestFirst);
        const range: Range = { from: from === undefined ? undefined : b(from), to: to === undefined ? undefined : b(to), limit, reverse };
        const { read } = rowOf(qualifiers.map((qualifier) => family.qualifier(b(qualifier))));
        const { backwards, ...stretch } = storedRange(family, range);
        const found = await (backwards ? lastOf : firstOf)(read, stretch, limit);
        const stored = (qualifier: string) => family.qualifier(b(qualifier)).toString("latin1");
        const inside = qualifiers.filter((qualifier) => (from === undefined || qualifier >= from) && (to === undefined || qualifier < to)).sort();
        expect(names(found)).toEqual((reverse ? inside.reverse() : inside).slice(0, limit).map(stored));
      },
    ),
    { numRuns: 500, seed: 20_101_115 },
  ));

it("finds the end of rows of any length in few readings, none of them long", async () => {
  for (const count of [0, 1, 49, 50, 51, 255, 256, 257, 300, 306, 1279, 1281, 5000, 70_001])
    for (const limit of [1, 50, 400]) {
      const { read, asked } = rowOf(numbered(count));
      const found = await lastOf(read, { from: undefined, to: undefined }, limit);
      expect(names(found)).toEqual(
        names(rowOf(numbered(count)).cells)
          .reverse()
          .slice(0, limit),
      );
      expect(asked.times).toBeLessThan(25);
      expect(asked.most).toBeLessThanOrEqual(2 * Math.max(limit, 256));
    }
});

it("reads thousands of cells in pages", async () => {
  const { cells, read, asked } = rowOf(numbered(4321));
  const all = { from: undefined, to: undefined };
  expect(names(await firstOf(read, all, 100_000))).toEqual(names(cells));
  expect(names(await lastOf(read, all, 4000))).toEqual(names(cells).reverse().slice(0, 4000));
  expect(asked.most).toBe(1000);
});

it("still gives the last ones when cells go away while it looks for them", async () => {
  const row = rowOf(numbered(2000), (asked) => {
    if (asked === 6) row.cells.splice(500);
  });
  expect(names(await lastOf(row.read, { from: undefined, to: undefined }, 3))).toEqual(["000499", "000498", "000497"]);
});
