import { describe, expect, it } from "vitest";
import type { SliceOptions } from "../contract";
import { type Given, TABLE } from "./subject";
import { b, cellsOf, freshRow, put } from "./words";

const QUALIFIERS = ["", "\0", "\0\xff", "a", "a\0", "a\0\0", "b", "c", "\xff", "\xff\xff"];

export function slices(given: Given): void {
  for (const family of ["log", "rare"]) describe(`of ${family}`, () => slicesOf(given, family));
}

function slicesOf({ store }: Given, family: string): void {
  async function filled(qualifiers = QUALIFIERS) {
    const row = freshRow();
    const cells = qualifiers.map((qualifier) => put(family, qualifier, ""));
    await store().mutateRow(TABLE, b(row), [...cells, put("head", "b", "other family")]);
    for (const end of ["\0", "\xff"]) await store().mutateRow(TABLE, b(row + end), [put(family, "b", "other row")]);
    return row;
  }
  const qualifiersOf = async (row: string, options: SliceOptions) =>
    cellsOf(await store().slice(TABLE, b(row), family, options)).map((cell) => cell.slice(0, -1));

  it("reads all of a family, both ways, and stays within row and family", async () => {
    const row = await filled();
    expect(await qualifiersOf(row, { limit: 100 })).toEqual(QUALIFIERS);
    expect(await qualifiersOf(row, { limit: 100, reverse: true })).toEqual([...QUALIFIERS].reverse());
    expect(await qualifiersOf(freshRow(), { limit: 100 })).toEqual([]);
    expect(await qualifiersOf(freshRow(), { limit: 100, reverse: true })).toEqual([]);
  });

  it("reads from (inclusive) to (exclusive), both ways, for every pair of bounds", async () => {
    const row = await filled();
    const bounds = [undefined, ...QUALIFIERS, "aa", "\x01"];
    for (const from of bounds)
      for (const to of bounds) {
        const inside = QUALIFIERS.filter((qualifier) => (from === undefined || qualifier >= from) && (to === undefined || qualifier < to));
        const stretch = { from: from === undefined ? undefined : b(from), to: to === undefined ? undefined : b(to), limit: 100 };
        expect(await qualifiersOf(row, stretch)).toEqual(inside);
        expect(await qualifiersOf(row, { ...stretch, reverse: true })).toEqual([...inside].reverse());
      }
  });

  it("reads at most the limit, from the end it starts at", async () => {
    const row = await filled();
    expect(await qualifiersOf(row, { limit: 0 })).toEqual([]);
    for (const limit of [1, 3, QUALIFIERS.length, QUALIFIERS.length + 1]) {
      expect(await qualifiersOf(row, { limit })).toEqual(QUALIFIERS.slice(0, limit));
      expect(await qualifiersOf(row, { limit, reverse: true })).toEqual([...QUALIFIERS].reverse().slice(0, limit));
    }
    expect(await qualifiersOf(row, { from: b("a"), limit: 2 })).toEqual(["a", "a\0"]);
    expect(await qualifiersOf(row, { to: b("b"), limit: 2, reverse: true })).toEqual(["a\0\0", "a\0"]);
  });

  it("walks a wide row by the last qualifier seen", async () => {
    const names = Array.from({ length: 2500 }, (_, at) => String(at).padStart(4, "0"));
    const row = await filled(names);
    const seen: string[] = [];
    for (let page = await qualifiersOf(row, { limit: 1025 }); page.length > 0; ) {
      seen.push(...page);
      page = await qualifiersOf(row, { from: b(`${page.at(-1)}\0`), limit: 1025 });
    }
    expect(seen).toEqual(names);
    expect(await qualifiersOf(row, { limit: 2048, reverse: true })).toEqual(names.reverse().slice(0, 2048));
  });
}
