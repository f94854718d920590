import fc from "fast-check";
import { expect, it } from "vitest";
import { SortedMap } from "./sorted-map";

const key = fc.constantFrom("", "\0", "a", "a\0", "a\0\0", "b", "ba", "\xff").chain((start) => fc.nat({ max: 9 }).map((n) => start + String(n)));
const bound = fc.option(key, { nil: undefined });
const change = fc.record({ key, value: fc.option(fc.nat(), { freq: 2 }) });

it("holds what a plain map holds, in order, between any bounds, both ways", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 80, size: "max" }), bound, bound, (changes, from, to) => {
      const [map, plain] = [new SortedMap<number>(4), new Map<string, number>()];
      for (const { key: at, value } of changes) {
        if (value === null) map.delete(at);
        else map.set(at, value);
        value === null ? plain.delete(at) : plain.set(at, value);
      }
      const sorted = [...plain].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([at]) => (from === undefined || at >= from) && (to === undefined || at < to));
      expect([...map.entries(from, to, false)]).toEqual(sorted);
      expect([...map.entries(from, to, true)]).toEqual(sorted.reverse());
      expect(map.size).toBe(plain.size);
      for (const { key: at } of changes) expect(map.get(at)).toBe(plain.get(at));
    }),
    { numRuns: 300, seed: 20_101_115 },
  );
});

it("goes on after the map has changed under a reader", () => {
  const map = new SortedMap<number>();
  for (let at = 0; at < 1000; at++) map.set(String(at).padStart(4, "0"), at);
  const seen: number[] = [];
  for (const [, value] of map.entries(undefined, undefined, false)) {
    seen.push(value);
    map.delete(String(value + 1).padStart(4, "0"));
    map.set(`${String(value).padStart(4, "0")}!`, -1);
  }
  expect(seen.filter((value) => value >= 0)).toEqual(Array.from({ length: 500 }, (_, at) => at * 2));
});

it("takes a hundred thousand keys in any order within a second or two", () => {
  const map = new SortedMap<number>();
  for (let at = 0; at < 100_000; at++) map.set(String((at * 7919) % 100_000).padStart(6, "0"), at);
  expect(map.size).toBe(100_000);
  expect([...map.entries("000010", "000013", false)].map(([at]) => at)).toEqual(["000010", "000011", "000012"]);
}, 5_000);
