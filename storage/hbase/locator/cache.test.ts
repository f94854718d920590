import * as fc from "fast-check";
import { expect, test } from "vitest";
import { buf } from "../wire/bytes";
import { RegionCache } from "./cache";
import type { Region } from "./region";

const region = (start: string, end: string, port = 1): Region => ({
  table: "t",
  name: buf(`t,${start},1.x.`),
  info: {},
  start: buf(start),
  end: buf(end),
  host: "h",
  port,
  state: "OPEN",
});
const holds = ({ start, end }: Region, row: Buffer) => Buffer.compare(start, row) <= 0 && (end.length === 0 || Buffer.compare(row, end) < 0);
/** Holds what comes just before the row. */
const holdsBefore = ({ start, end }: Region, row: Buffer) =>
  row.length === 0 ? end.length === 0 : Buffer.compare(start, row) < 0 && (end.length === 0 || Buffer.compare(row, end) <= 0);
const overlaps = (a: Region, b: Region) => holds(a, b.start) || holds(b, a.start);

const keys = fc.constantFrom("", "a", "b", "c", "d", "e", "f", "g");
const bounds = fc.tuple(keys, keys).filter(([start, end]) => end === "" || start < end);

test("as a list that is searched from one end to the other", () => {
  fc.assert(
    fc.property(fc.array(bounds), fc.array(keys), (puts, rows) => {
      const cache = new RegionCache();
      let list: Region[] = [];
      for (const [start, end] of puts) {
        const one = region(start, end);
        cache.put(one, 0);
        list = [...list.filter((other) => !overlaps(one, other)), one];
      }
      expect(cache.size).toBe(list.length);
      for (const row of rows.map((key) => buf(key))) {
        expect(cache.find(row, false)?.region).toBe(list.find((one) => holds(one, row)));
        expect(cache.find(row, true)?.region).toBe(list.find((one) => holdsBefore(one, row)));
      }
    }),
  );
});

test("a region is outdated once, and only the one that was meant", () => {
  const cache = new RegionCache();
  const old = region("a", "m");
  cache.put(old, 0);
  expect(cache.outdate(old)).toBe(true);
  expect(cache.outdate(old)).toBe(false);
  const fresh = region("a", "m", 2);
  cache.put(fresh, 1);
  expect(cache.outdate(old)).toBe(false);
  expect(cache.find(buf("b"), false)).toMatchObject({ region: fresh, stale: false });
});

test("all regions of a server are outdated together", () => {
  const cache = new RegionCache();
  for (const [start, end, port] of [
    ["", "b", 1],
    ["b", "c", 2],
    ["c", "", 1],
  ] as const)
    cache.put(region(start, end, port), 0);
  cache.outdateServer(region("x", "y", 1));
  expect(["a", "b", "d"].map((row) => cache.find(buf(row), false)!.stale)).toEqual([true, false, true]);
});
