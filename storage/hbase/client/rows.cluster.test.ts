import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { append, buf, Durability, del, type HBase, increment, put } from "../index";
import { all, Bench, key, long, show, text } from "../testing/cluster";

let bench: Bench;
let table: string;
let clients: Record<string, HBase>;

beforeAll(async () => {
  bench = await Bench.with(
    [
      { name: "f", versions: 1 },
      { name: "g", versions: 3, ttlSeconds: 3600, compression: "GZ" },
    ],
    ["m"],
  );
  table = bench.table;
  clients = { "cell blocks": bench.hbase, "cells in messages": bench.client({ cellBlocks: false }) };
});
afterAll(() => bench.end());

describe.each(["cell blocks", "cells in messages"])("rows (%s)", (how) => {
  test("put, get, delete", async () => {
    const hbase = clients[how]!;
    const row = key();
    await hbase.mutate(table, row, put(["f", "a", "1"], ["f", "b", "2"], ["g", "c", "3"]));
    expect(show(await hbase.get(table, row))).toEqual({ a: "1", b: "2", c: "3" });
    expect(show(await hbase.get(table, row, { families: ["g"] }))).toEqual({ c: "3" });
    expect(show(await hbase.get(table, row, { columns: [["f", "b", "none"]] }))).toEqual({ b: "2" });
    expect(await hbase.get(table, key())).toEqual([]);
    await hbase.mutate(table, row, del.column("f", "a"));
    expect(show(await hbase.get(table, row))).toEqual({ b: "2", c: "3" });
    await hbase.mutate(table, row, del.family("g"));
    expect(show(await hbase.get(table, row))).toEqual({ b: "2" });
    await hbase.mutate(table, row, del.row());
    expect(await hbase.get(table, row)).toEqual([]);
  });

  test("versions", async () => {
    const hbase = clients[how]!;
    const row = key();
    const now = Date.now();
    for (const i of [1, 2, 3]) await hbase.mutate(table, row, put(["g", "v", `v${i}`, now + i]));
    const versions = async (o = {}) => (await hbase.get(table, row, { maxVersions: 9, ...o })).map(({ value }) => text(value));
    expect(await versions()).toEqual(["v3", "v2", "v1"]);
    expect(await versions({ from: now + 1, to: now + 3 })).toEqual(["v2", "v1"]);
    await hbase.mutate(table, row, del.version("g", "v"));
    expect(await versions()).toEqual(["v2", "v1"]);
    await hbase.mutate(table, row, del.version("g", "v", now + 1));
    expect(await versions()).toEqual(["v2"]);
    await hbase.mutate(table, row, del.column("g", "v", now + 3));
    expect(await versions()).toEqual([]);
  });

  test("increment and append", async () => {
    const hbase = clients[how]!;
    const row = key();
    expect(long((await hbase.mutate(table, row, increment(["f", "n", 5n]))).cells[0])).toBe(5n);
    expect(long((await hbase.mutate(table, row, increment(["f", "n", -7n]))).cells[0])).toBe(-2n);
    expect(text((await hbase.mutate(table, row, append(["f", "s", "ab"]))).cells[0]!.value)).toBe("ab");
    expect(text((await hbase.mutate(table, row, append(["f", "s", "cd"]))).cells[0]!.value)).toBe("abcd");
    await expect(hbase.mutate(table, row, increment(["f", "s", 1n]))).rejects.toMatchObject({ kind: "refused", message: expect.stringMatching(/not a long/) });
  });
});

test("every durability is taken", async () => {
  for (const durability of Object.values(Durability)) {
    const row = key();
    await bench.hbase.mutate(table, row, put(["f", "a", "1"]), { durability });
    expect(show(await bench.hbase.get(table, row))).toEqual({ a: "1" });
  }
});

test("binary keys, empty values, the empty qualifier", async () => {
  const { hbase } = bench;
  const every = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  const rows: Buffer[] = [[0], [0, 0], [44, 44, 46], [255], [255, 255, 255, 0]].map((bytes) => Buffer.from(bytes));
  rows.push(buf("a,b,1.2."), Buffer.alloc(32_767, 65), every);
  for (const row of rows) {
    await hbase.mutate(table, row, put(["f", every, every], ["f", "", ""], ["f", "e", ""]));
    const got = await hbase.get(table, row);
    expect(got.map(({ qualifier, value }) => [qualifier.length, value.length])).toEqual([
      [0, 0],
      [256, 256],
      [1, 0],
    ]);
    expect(buf(got[1]!.value)).toEqual(every);
    expect(buf(got[0]!.row)).toEqual(row);
  }
  const sorted = (await all(hbase.scan(table, { columns: [["f", ""]] }))).map(({ row }) => buf(row));
  expect(sorted).toEqual([...rows].sort(Buffer.compare));
  for (const row of rows) await hbase.mutate(table, row, del.row());
});

test("row keys and cells that the server would refuse are refused here", async () => {
  const { hbase } = bench;
  for (const row of [Buffer.alloc(0), Buffer.alloc(32_768, 65)]) {
    await expect(hbase.mutate(table, row, put(["f", "a", "b"]))).rejects.toMatchObject({ kind: "refused", type: "BadRowKey" });
    await expect(hbase.get(table, row)).rejects.toMatchObject({ kind: "refused", type: "BadRowKey" });
  }
  const huge = put(["f", "a", Buffer.alloc(10 * 1024 * 1024)]);
  await expect(hbase.mutate(table, key(), huge)).rejects.toMatchObject({ kind: "refused", type: "CellTooLarge" });
});

test("many rows across regions, in few calls", async () => {
  const { hbase } = bench;
  const rows = Array.from({ length: 500 }, (_, i) => buf(`${i % 2 ? "a" : "z"}many${String(i).padStart(4, "0")}`));
  await hbase.regions(table);
  const calls = () => Object.values(hbase.stats().servers).reduce((sum, server) => sum + server.calls, 0);
  const before = calls();
  await hbase.mutateMany(
    table,
    rows.map((row, i) => ({ row, mutation: put(["f", "i", String(i)]) })),
  );
  const got = await hbase.getMany(table, [...rows, buf("nothing")]);
  expect(calls() - before).toBeLessThan(25);
  expect(got.map((cells) => text(cells[0]?.value))).toEqual([...rows.map((_, i) => String(i)), undefined]);
  const plain = await clients["cells in messages"]!.getMany(table, rows.slice(0, 20));
  expect(plain.map((cells) => text(cells[0]?.value))).toEqual(rows.slice(0, 20).map((_, i) => String(i)));
  await hbase.mutateMany(
    table,
    rows.map((row) => ({ row, mutation: del.row() })),
  );
  expect((await hbase.getMany(table, rows)).every((cells) => cells.length === 0)).toBe(true);
});

test("one bad row in a shared call fails alone", async () => {
  const { hbase } = bench;
  const good = key();
  const settled = await Promise.allSettled([
    hbase.mutate(table, key(), put(["nofamily", "a", "b"])),
    hbase.mutate(table, good, put(["f", "a", "b"])),
    hbase.mutate(table, key(), put(["f", "a", "b"])),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect((settled[0] as PromiseRejectedResult).reason).toMatchObject({ kind: "refused", type: "NoSuchColumnFamilyException" });
  expect(show(await hbase.get(table, good))).toEqual({ a: "b" });
});

test("a table that is not there; a disabled table", async () => {
  const { hbase, admin } = bench;
  await expect(hbase.get("no_such_table", buf("x"))).rejects.toMatchObject({ kind: "refused", type: "TableNotFoundException" });
  const other = `${table}_off`;
  await bench.create(other, [{ name: "f" }]);
  await hbase.mutate(other, buf("x"), put(["f", "a", "b"]));
  await admin.disable(other);
  await expect(hbase.get(other, buf("x"))).rejects.toMatchObject({ kind: "refused", type: "TableNotEnabledException" });
  await admin.enable(other);
  expect(show(await hbase.get(other, buf("x")))).toEqual({ a: "b" });
});
