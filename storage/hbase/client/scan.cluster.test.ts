import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buf, del, filters, type HBase, put, type ScanOptions } from "../index";
import { all, Bench, key, text } from "../testing/cluster";
import { heldBytes } from "../testing/memory";

let bench: Bench;
let table: string;
let clients: Record<string, HBase>;

beforeAll(async () => {
  bench = await Bench.with([{ name: "f", versions: 1 }], ["m"]);
  table = bench.table;
  clients = { "cell blocks": bench.hbase, "cells in messages": bench.client({ cellBlocks: false }) };
});
afterAll(() => bench.end());

const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => buf(`${prefix}${String(i).padStart(5, "0")}`));

describe.each(["cell blocks", "cells in messages"])("scan (%s)", (how) => {
  test("bounds, limit, both ways, across regions", async () => {
    const hbase = clients[how]!;
    const names = ["b1", "b2", "b3", "x1", "x2", "x3"];
    const rows = names.map((name) => buf(name));
    await hbase.mutateMany(
      table,
      rows.map((row) => ({ row, mutation: put(["f", "scan", "v"]) })),
    );
    const keys = async (o: ScanOptions) => (await all(hbase.scan(table, { columns: [["f", "scan"]], ...o }))).map(({ row }) => text(row));
    const back = [...names].reverse();
    expect(await keys({})).toEqual(names);
    expect(await keys({ batchRows: 1 })).toEqual(names);
    expect(await keys({ reversed: true })).toEqual(back);
    expect(await keys({ reversed: true, batchRows: 1 })).toEqual(back);
    expect(await keys({ limit: 4 })).toEqual(names.slice(0, 4));
    expect(await keys({ limit: 4, reversed: true })).toEqual(back.slice(0, 4));
    expect(await keys({ limit: 4, batchRows: 3 })).toEqual(names.slice(0, 4));
    expect(await keys({ limit: 0 })).toEqual([]);
    expect(await keys({ start: rows[1], stop: rows[4] })).toEqual(names.slice(1, 4));
    expect(await keys({ start: rows[1], stop: rows[4], includeStart: false, includeStop: true })).toEqual(names.slice(2, 5));
    expect(await keys({ start: rows[4], stop: rows[1], reversed: true })).toEqual(["x2", "x1", "b3"]);
    expect(await keys({ start: buf("m"), reversed: true, includeStart: false })).toEqual(["b3", "b2", "b1"]);
    expect(await keys({ start: buf("a"), stop: buf("m") })).toEqual(["b1", "b2", "b3"]);
    expect(await keys({ start: rows[0], stop: rows[0], includeStop: true })).toEqual(["b1"]);
    await hbase.mutateMany(
      table,
      rows.map((row) => ({ row, mutation: del.row() })),
    );
  });
});

test("left half way, the scanner is closed and nothing is under way", async () => {
  const rows = numbered("half", 50);
  await bench.hbase.mutateMany(
    table,
    rows.map((row) => ({ row, mutation: put(["f", "l", "v"]) })),
  );
  let count = 0;
  for await (const _ of bench.hbase.scan(table, { start: buf("half"), stop: buf("halg"), batchRows: 5 })) if (++count === 7) break;
  expect(bench.hbase.stats().active).toBe(0);
});

test.each([false, true])("the region moves and the scanner is lost: each row once (reversed %s)", async (reversed) => {
  const rows = numbered(`move${reversed}`, 60);
  await bench.hbase.mutateMany(
    table,
    rows.map((row) => ({ row, mutation: put(["f", "l", "v"]) })),
  );
  const bounds = reversed ? { start: rows[59], stop: rows[0] } : { start: rows[0], stop: rows[59] };
  const seen: (string | undefined)[] = [];
  for await (const { row } of bench.hbase.scan(table, { ...bounds, reversed, includeStop: true, batchRows: 7 })) {
    seen.push(text(row));
    if (seen.length === 20) await bench.moveAway(row);
  }
  const want = rows.map((row) => text(row));
  expect(seen).toEqual(reversed ? want.reverse() : want);
});

test.each([false, true])("a split in the middle of a scan: each row once (reversed %s)", async (reversed) => {
  const name = `${table}_split_${reversed}`;
  await bench.create(name, [{ name: "f" }]);
  const rows = numbered("r", 400);
  await bench.hbase.mutateMany(
    name,
    rows.map((row, i) => ({ row, mutation: put(["f", "a", String(i)]) })),
  );
  const seen: (string | undefined)[] = [];
  for await (const { row } of bench.hbase.scan(name, { batchRows: 10, reversed })) {
    seen.push(text(row));
    if (seen.length === 55) await bench.admin.split(name, rows[200]!);
  }
  const want = rows.map((row) => text(row));
  expect(seen).toEqual(reversed ? want.reverse() : want);
  expect(await bench.hbase.regions(name)).toHaveLength(2);
});

test("rows larger than an answer: whole, or in pieces", async () => {
  const row = key("wide");
  for (let i = 0; i < 8; i++) await bench.hbase.mutate(table, row, put(["f", `c${i}`, Buffer.alloc(1 << 20, i)]));
  const bounds = { start: row, stop: row, includeStop: true, batchBytes: 1 << 20 };
  const [whole] = await all(bench.hbase.scan(table, bounds));
  expect(whole!.cells.map(({ value }) => [value.length, value[5]])).toEqual(Array.from({ length: 8 }, (_, i) => [1 << 20, i]));
  const pieces = await all(bench.hbase.scan(table, { ...bounds, partial: true }));
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.flatMap(({ cells }) => cells)).toHaveLength(8);
  await bench.hbase.mutate(table, row, del.row());
});

test("100,000 cells stream in bounded memory", async () => {
  const name = `${table}_stream`;
  await bench.create(name, [{ name: "f" }]);
  const value = Buffer.alloc(500, 7);
  const cells = Array.from({ length: 100 }, (_, i) => ["f", `c${i}`, value] as const);
  await bench.hbase.mutateMany(
    name,
    numbered("s", 1000).map((row) => ({ row, mutation: put(...cells) })),
  );
  const before = heldBytes();
  let count = 0;
  let most = 0;
  for await (const row of bench.hbase.scan(name)) {
    count += row.cells.length;
    if (count % 10_000 === 0) most = Math.max(most, heldBytes());
  }
  expect(count).toBe(100_000);
  // Of the 55 MB that the table has: the answer that is read and the next one, each of 2 MB and as much again for its cells, twice over.
  expect(most - before).toBeLessThan(24 * 1024 * 1024);
});

test("columns by range, page and prefix in a row of 10,000", async () => {
  const { hbase } = bench;
  const row = key("columns");
  const name = (i: number) => buf(`q${String(i).padStart(5, "0")}`);
  for (let i = 0; i < 10_000; i += 2000) {
    await hbase.mutate(table, row, put(...Array.from({ length: 2000 }, (_, j) => ["f", name(i + j), `v${i + j}`] as const)));
  }
  expect(await hbase.get(table, row)).toHaveLength(10_000);
  const values = async (o: object) => (await hbase.get(table, row, o)).map(({ value }) => text(value));
  expect(await values({ filter: filters.columnRange(name(100), name(103)) })).toEqual(["v100", "v101", "v102"]);
  expect(await values({ filter: filters.columnPage(3, 9998) })).toEqual(["v9998", "v9999"]);
  expect(await values({ filter: filters.columnPage(2, name(500)) })).toEqual(["v500", "v501"]);
  expect(await values({ families: ["f"], limitPerFamily: 2, offsetPerFamily: 7000 })).toEqual(["v7000", "v7001"]);
  expect(await values({ filter: filters.columnPrefix(buf("q012")) })).toHaveLength(100);
  await hbase.mutate(table, row, del.row());
});
