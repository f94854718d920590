import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Condition, del, type Filter, filters, type HBase, increment, newNonce, put, when } from "../index";
import { Bench, key, long, show, text } from "../testing/cluster";

let bench: Bench;
let table: string;
let clients: Record<string, HBase>;

beforeAll(async () => {
  bench = await Bench.with([
    { name: "f", versions: 1 },
    { name: "g", versions: 1 },
  ]);
  table = bench.table;
  clients = { "cell blocks": bench.hbase, "cells in messages": bench.client({ cellBlocks: false }) };
});
afterAll(() => bench.end());

describe.each(["cell blocks", "cells in messages"])("conditions (%s)", (how) => {
  test("on a cell: absent, equal, and which way an ordering reads", async () => {
    const hbase = clients[how]!;
    const row = key();
    const holds = async (condition: Condition) => (await hbase.mutate(table, row, put(["f", "x", "y"]), { condition })).done;
    expect(await holds(when.absent(row, "f", "e"))).toBe(true);
    await hbase.mutate(table, row, put(["f", "e", "5"]));
    expect(await holds(when.absent(row, "f", "e"))).toBe(false);
    expect(await holds(when.cell(row, "f", "e", "EQUAL", "5"))).toBe(true);
    expect(await holds(when.cell(row, "f", "e", "EQUAL", "6"))).toBe(false);
    expect(await holds(when.cell(row, "f", "e", "LESS", "6"))).toBe(true);
    expect(await holds(when.cell(row, "f", "e", "LESS", "5"))).toBe(false);
    expect(await holds(when.cell(row, "f", "e", "GREATER", "4"))).toBe(true);
    expect(await holds(when.cell(row, "f", "e", "GREATER_OR_EQUAL", "5"))).toBe(true);
    expect(await holds(when.cell(row, "f", "none", "NOT_EQUAL", "5"))).toBe(false);
    expect(await holds(when.matches(row, filters.cell("f", "e", "LESS", "6")))).toBe(true);
    expect(await holds(when.matches(row, filters.cell("f", "e", "LESS", "5")))).toBe(false);
    await hbase.mutate(table, row, put(["f", "e", ""]));
    expect(await holds(when.absent(row, "f", "e"))).toBe(true); // an empty cell counts as absent
  });

  test("an atomic change of put, delete and increment", async () => {
    const hbase = clients[how]!;
    const row = key();
    await hbase.mutate(table, row, put(["f", "epoch", "1"], ["f", "old", "x"], ["g", "h", "y"]));
    const change = [put(["f", "epoch", "2"], ["f", "new", "n"]), del.column("f", "old"), del.column("g", "h"), increment(["f", "count", 3n])];
    const condition = when.cell(row, "f", "epoch", "EQUAL", "1");
    const first = await hbase.mutateRow(table, row, change, { condition });
    expect(first).toMatchObject({ done: true, unsure: false });
    expect(long(first.cells[0])).toBe(3n);
    expect(await hbase.mutateRow(table, row, change, { condition })).toMatchObject({ done: false, unsure: false });
    expect({ ...show(await hbase.get(table, row)), count: "" }).toEqual({ epoch: "2", new: "n", count: "" });
    await expect(hbase.mutateRow(table, row, [put(["f", "q2", "q"]), put(["nofamily", "x", "y"])])).rejects.toMatchObject({
      type: "NoSuchColumnFamilyException",
    });
    expect(show(await hbase.get(table, row)).q2).toBeUndefined(); // all or nothing
  });
});

test("on several cells, through a filter", async () => {
  const { hbase } = bench;
  const row = key();
  await hbase.mutate(table, row, put(["f", "a", "1"], ["g", "b", "2"], ["f", "z", "z"]));
  const holds = async (filter: Filter, at = row) => (await hbase.mutate(table, at, put(["f", "x", "y"]), { condition: when.matches(at, filter) })).done;
  const a = (value: string) => filters.cell("f", "a", "EQUAL", value);
  const b = (value: string) => filters.cell("g", "b", "EQUAL", value);
  expect(await holds(filters.all(a("1"), b("2")))).toBe(true);
  expect(await holds(filters.all(a("1"), b("3")))).toBe(false);
  expect(await holds(filters.any(a("1"), b("3")))).toBe(true);
  expect(await holds(filters.all(a("1"), filters.cell("f", "none", "EQUAL", "x")))).toBe(false);
  expect(await holds(filters.all(a("1"), filters.cell("f", "none", "NOT_EQUAL", "x", "passes")))).toBe(true);
  expect(await holds(filters.cell("f", "none", "NOT_EQUAL", "x", "passes"), key())).toBe(false); // a row without cells never matches
});

test("of callers that compete exactly one wins", async () => {
  const { hbase } = bench;
  const other = bench.client();
  const row = key();
  for (let epoch = 0; epoch < 15; epoch++) {
    const condition = epoch === 0 ? when.absent(row, "f", "e") : when.cell(row, "f", "e", "EQUAL", String(epoch));
    const compete = Array.from({ length: 24 }, (_, i) =>
      (i % 2 ? hbase : other).mutateRow(table, row, [put(["f", "e", String(epoch + 1)], ["f", "w", String(i)]), increment(["f", "n", 1n])], { condition }),
    );
    const winners = (await Promise.all(compete)).flatMap(({ done }, i) => (done ? [String(i)] : []));
    expect(winners).toHaveLength(1);
    expect(show(await hbase.get(table, row)).w).toBe(winners[0]);
  }
  expect(long((await hbase.get(table, row, { columns: [["f", "n"]] }))[0])).toBe(15n);
});

test("a nonce guards increments, and not the puts beside them", async () => {
  const { hbase } = bench;
  const nonce = newNonce();
  const row = key();
  const add = async (o = {}) => long((await hbase.mutate(table, row, increment(["f", "n", 5n]), o)).cells[0]);
  expect(await add({ nonce })).toBe(5n);
  expect(await add({ nonce })).toBe(5n);
  expect(await add()).toBe(10n);
  const again = newNonce();
  const other = key();
  await hbase.mutateRow(table, other, [put(["f", "p", "first"]), increment(["f", "n", 1n])], { nonce: again });
  await hbase.mutate(table, other, put(["f", "p", "second", Date.now() + 1]));
  await hbase.mutateRow(table, other, [put(["f", "p", "first", Date.now() + 2]), increment(["f", "n", 1n])], { nonce: again });
  const cells = await hbase.get(table, other);
  expect(long(cells.find(({ qualifier }) => text(qualifier) === "n"))).toBe(1n);
  expect(show(cells).p).toBe("first");
});

test("a tombstone hides puts of its time and before, even in the same change; so its time is one below theirs", async () => {
  const { hbase } = bench;
  const row = key();
  const ts = Date.now();
  await hbase.mutate(table, row, put(["f", "a", "one", ts]));
  await hbase.mutate(table, row, del.column("f", "a", ts));
  await hbase.mutate(table, row, put(["f", "a", "two", ts]));
  expect(show(await hbase.get(table, row))).toEqual({});
  await hbase.mutateRow(table, row, [del.family("f", ts), put(["f", "b", "new", ts + 1])]);
  expect(show(await hbase.get(table, row))).toEqual({ b: "new" });
  const condition = when.cell(row, "f", "b", "EQUAL", "new");
  expect((await hbase.mutateRow(table, row, [del.family("f", ts + 1), put(["f", "b", "newer", ts + 2])], { condition })).done).toBe(true);
  expect((await hbase.get(table, row)).map((cell) => [text(cell.value), cell.ts])).toEqual([["newer", ts + 2]]);
});
