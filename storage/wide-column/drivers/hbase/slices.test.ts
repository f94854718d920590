import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "@/testkit/random";
import type { Cell as StoredCell } from "../../../hbase";
import type { Range } from "../../contract";
import { FamilyLayout } from "./layout";
import { firstOf, lastOf, type ReadStretch, storedRange } from "./slices";

const b = (text: string) => Buffer.from(text, "latin1");

/** A row as HBase serves it: forwards, from a name on. */
function rowOf(qualifiers: readonly Buffer[], before: (asked: number) => void = () => {}) {
  const cells: StoredCell[] = [];
  const add = (more: readonly Buffer[]) => {
    for (const qualifier of more) cells.push({ row: b("row"), family: b("log"), qualifier, ts: 1, type: 4, value: b("") });
    cells.sort((one, other) => Buffer.compare(one.qualifier, other.qualifier));
  };
  add(qualifiers);
  const asked = { times: 0, most: 0 };
  const read: ReadStretch = async ({ from, to }, { limit = Number.POSITIVE_INFINITY }) => {
    before(asked.times++);
    const start = from ? firstAt(cells, from) : 0;
    const end = to ? firstAt(cells, to) : cells.length;
    const found = cells.slice(start, Math.max(start, Math.min(end, start + limit)));
    asked.most = Math.max(asked.most, found.length);
    return found;
  };
  return { cells, read, asked, add };
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

const FAMILY = new FamilyLayout("mailbox", "message", true);
const THREAD = "7AZK3N8Q0RDXM5VT2WHGJPCEY9";
const stored = (name: string): Buffer => FAMILY.qualifier(b(name));
const random = seededRandom(20_101_115);
const chance = () => Buffer.from(random(2)).readUInt16BE() / 65_536;

/** Of messages of one thread, the oldest first: the time, then what is of chance. */
function ids(count: number, apart: () => number): string[] {
  let at = 1_700_000_000_000;
  return Array.from({ length: count }, (_, i) => {
    at += apart();
    const time = at.toString(32).toUpperCase().padStart(10, "0");
    return `${THREAD}${time}${(i * 7919).toString(32).toUpperCase().padStart(16, "0")}`;
  });
}

it.each([
  ["of one moment", (): number => 0],
  ["over years", (): number => Math.floor(chance() * 10_000_000)],
  ["in bursts", (): number => (chance() < 0.002 ? 100_000_000 : 1)],
] as const)("finds the oldest messages behind one in few readings, none of them long: %s", async (_, apart) => {
  for (const count of [51, 1279, 70_001])
    for (const limit of [1, 50, 500]) {
      const messages = ids(count + 1, apart);
      const { cells, read, asked } = rowOf(messages.slice(1).map(stored));
      const to: Buffer = Buffer.concat([stored(messages[0]!), b("\0")]);
      expect(await lastOf(read, { from: undefined, to }, limit)).toEqual(cells.slice(-limit).reverse());
      expect(asked.times).toBeLessThan(50);
      expect(asked.most).toBeLessThanOrEqual(2 * limit + 256);
    }
});

it.each([
  ["numbers", 60, numbered],
  ["messages", 400, (count: number) => ids(count, () => 1000).map(stored)],
  ["names of one letter", 400, (count: number) => Array.from({ length: count }, (_, at) => b("a".repeat(at % 900) + String(at).padStart(6, "0")))],
] as const)("finds the end of rows of any length, wherever their names lie: %s", async (_, readings, make) => {
  for (const count of [0, 1, 49, 50, 51, 255, 256, 257, 300, 306, 1279, 1281, 5000, 70_001]) {
    const names = make(count);
    for (const limit of [1, 50, 500]) {
      const { cells, read, asked } = rowOf(names);
      expect(await lastOf(read, { from: undefined, to: undefined }, limit)).toEqual(cells.slice(-limit).reverse());
      expect(asked.times).toBeLessThan(readings);
      expect(asked.most).toBeLessThanOrEqual(2 * limit + 256);
    }
  }
});

it("reads thousands of cells in pages", async () => {
  const { cells, read, asked } = rowOf(numbered(4321));
  const all = { from: undefined, to: undefined };
  expect(names(await firstOf(read, all, 100_000))).toEqual(names(cells));
  expect(names(await lastOf(read, all, 4000))).toEqual(names(cells).reverse().slice(0, 4000));
  expect(asked.most).toBe(1000);
});

it("still gives the last ones when cells go away while it looks for them, whenever that is", async () => {
  for (let when = 1; when <= 30; when++) {
    const row = rowOf(numbered(2000), (asked) => {
      if (asked === when) row.cells.splice(2);
    });
    const found = names(await lastOf(row.read, { from: undefined, to: undefined }, 3));
    expect(found).toEqual(row.asked.times > when ? ["000001", "000000"] : ["001999", "001998", "001997"]);
  }
});

it("gives what was there at its last reading, whatever comes and goes meanwhile", async () => {
  for (let round = 0; round < 60; round++) {
    const row = rowOf(numbered(1 + Math.floor(chance() * 3000)), () => {
      const [at, count] = [Math.floor(chance() * row.cells.length), Math.floor(chance() * 200)];
      if (chance() < 0.5) row.cells.splice(at, count);
      else row.add(Array.from({ length: count }, () => b(String(Math.floor(chance() * 1e6)).padStart(6, "0"))));
    });
    const limit = 1 + Math.floor(chance() * 60);
    const found = await lastOf(row.read, { from: undefined, to: undefined }, limit);
    expect(names(found)).toEqual(names(row.cells.slice(-limit).reverse()));
  }
});
