import { expect, it } from "vitest";
import type { ScanOptions } from "../contract";
import { type Given, OTHER_TABLE, TABLE } from "./subject";
import { all, b, cellsOf, del, freshRow, keys, put, show, within } from "./words";

const ENDS = ["a", "a\0", "a\0\0", "a\0\x01", "a\0\xff", "a\x01", "b", "b\xff", "c", "\xff"];

export function scans({ store }: Given): void {
  const scan = (options: ScanOptions) => all(store().scan(TABLE, options));
  async function filled(ends = ENDS) {
    const prefix = freshRow();
    await store().batch(
      TABLE,
      ends.map((end) => ({ row: b(prefix + end), mutations: [put("head", "q", end), put("log", "q", end)] })),
    );
    return prefix;
  }
  const endsOf = async (prefix: string, options: ScanOptions) => keys(await scan({ ...within(prefix), ...options })).map((key) => key.slice(prefix.length));

  it("reads whole rows in key order, both ways", async () => {
    const prefix = await filled();
    const rows = await scan(within(prefix));
    expect(keys(rows)).toEqual(ENDS.map((end) => prefix + end));
    expect(rows.map(show)).toEqual(ENDS.map((end) => ({ head: [`q=${end}`], log: [`q=${end}`] })));
    expect(await scan({ ...within(prefix), reverse: true })).toEqual([...rows].reverse());
  });

  it("reads from (inclusive) to (exclusive), both ways, for every pair of bounds", async () => {
    const prefix = await filled();
    const bounds = ["", ...ENDS, "aa", "b\xff\0", "\xff\xff"];
    for (const from of bounds)
      for (const to of bounds) {
        const inside = ENDS.filter((end) => end >= from && end < to);
        const stretch = { from: b(prefix + from), to: b(prefix + to) };
        expect(await endsOf(prefix, stretch)).toEqual(inside);
        expect(await endsOf(prefix, { ...stretch, reverse: true })).toEqual([...inside].reverse());
      }
  });

  it("reads at most the limit, from the end it starts at", async () => {
    const prefix = await filled();
    for (const limit of [0, 1, 4, ENDS.length + 1]) {
      expect(await endsOf(prefix, { limit })).toEqual(ENDS.slice(0, limit));
      expect(await endsOf(prefix, { limit, reverse: true })).toEqual([...ENDS].reverse().slice(0, limit));
    }
  });

  it("reads a sample of wide rows, both ways, and all rows all the same", async () => {
    const prefix = freshRow();
    const wide = Array.from({ length: 300 }, (_, i) => put("log", `q${1000 + i}`, "v"));
    await store().batch(
      TABLE,
      ["a", "b", "c"].map((end) => ({ row: b(prefix + end), mutations: [...wide, put("head", "q", end)] })),
    );
    for (const reverse of [false, true])
      for (const sample of [1, 7, 299, 300, 301]) {
        const rows = await scan({ ...within(prefix), sample, reverse });
        expect(keys(rows).map((key) => key.slice(prefix.length))).toEqual(reverse ? ["c", "b", "a"] : ["a", "b", "c"]);
        for (const { families } of rows) {
          expect(families.log).toHaveLength(Math.min(sample, 300));
          expect(families.head).toHaveLength(1);
          expect(new Set(families.log?.map(({ qualifier }) => qualifier.toString())).size).toBe(Math.min(sample, 300));
        }
      }
  });

  it("takes an empty bound for none, as a region has it", async () => {
    const [first, last] = ["\0first", "\xfflast"];
    const none = { from: b(""), to: b("") };
    for (const row of [first, last]) await store().mutateRow(TABLE, b(row), [put("rare", "q", "")]);
    expect(keys(await scan({ ...none, limit: 1 }))).toEqual([first]);
    expect(keys(await scan({ ...none, limit: 1, reverse: true }))).toEqual([last]);
    for (const row of [first, last]) await store().mutateRow(TABLE, b(row), [del("rare", "q")]);
    const [region] = await store().regions(TABLE);
    expect(region).toMatchObject({ table: TABLE, start: Buffer.alloc(0) });
  });

  it("reads only the families asked for, and skips rows that hold nothing of them", async () => {
    const prefix = await filled();
    const rare = ["a\0", "c"];
    for (const end of rare) await store().mutateRow(TABLE, b(prefix + end), [put("rare", "r", end)]);
    expect(await endsOf(prefix, { families: ["rare"] })).toEqual(rare);
    expect(await endsOf(prefix, { families: ["rare"], reverse: true, limit: 1 })).toEqual(["c"]);
    const rows = await scan({ ...within(prefix), families: ["rare", "log"], limit: 2 });
    expect(rows.map(show)).toEqual([{ log: ["q=a"] }, { log: ["q=a\0"], rare: ["r=a\0"] }]);
    expect(await endsOf(prefix, { families: [] })).toEqual([]);
  });

  it("stays within its table", async () => {
    const prefix = await filled();
    await store().mutateRow(OTHER_TABLE, b(`${prefix}b`), [put("head", "q", "other")]);
    expect(keys(await all(store().scan(OTHER_TABLE, within(prefix))))).toEqual([`${prefix}b`]);
    expect(await endsOf(prefix, { families: ["head"] })).toEqual(ENDS);
  });

  it("puts long rows and many rows together whole, both ways", async () => {
    const prefix = freshRow();
    const ends = Array.from({ length: 40 }, (_, at) => String.fromCharCode(0x30 + at));
    const cells = (end: string) => Array.from({ length: end === "5" ? 3000 : 30 }, (_, at) => `${String(at).padStart(4, "0")}=${end}`);
    for (const end of ends) {
      const wide = cells(end).map((cell) => put("log", cell.slice(0, 4), end));
      await store().mutateRow(TABLE, b(prefix + end), end < "D" ? [...wide, put("head", "q", end)] : wide);
    }
    const rows = await scan(within(prefix));
    expect(keys(rows)).toEqual(ends.map((end) => prefix + end));
    expect(rows.map(({ families }) => cellsOf(families.log ?? []))).toEqual(ends.map(cells));
    expect(rows.filter(({ families }) => families.head)).toHaveLength(20);
    expect(await scan({ ...within(prefix), reverse: true })).toEqual([...rows].reverse());
  });

  it("sees every row that stays exactly once while others come and go", async () => {
    const prefix = freshRow();
    const ends = Array.from({ length: 300 }, (_, at) => String(at).padStart(3, "0"));
    for (const end of ends) await store().mutateRow(TABLE, b(prefix + end), [put("log", "q", end)]);
    const seen: string[] = [];
    for await (const { key } of store().scan(TABLE, within(prefix))) {
      const end = key.toString("latin1").slice(prefix.length);
      if (end.length === 3) seen.push(end);
      const ahead = String(Number(end.slice(0, 3)) + 1).padStart(3, "0");
      if (Number(ahead) % 3 === 0) await store().mutateRow(TABLE, b(prefix + ahead), [del("log", "q")]);
      else await store().mutateRow(TABLE, b(`${prefix}${ahead}+`), [put("log", "q", "new")]);
    }
    const stay = ends.filter((end) => Number(end) % 3 !== 0);
    expect(seen.filter((end) => Number(end) % 3 !== 0)).toEqual(stay);
    expect(new Set(seen).size).toBe(seen.length);
  });
}
