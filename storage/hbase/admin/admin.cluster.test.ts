import { afterAll, beforeAll, expect, test } from "vitest";
import { buf, put } from "../index";
import { all, Bench, show, text } from "../testing/cluster";

let bench: Bench;
let table: string;

beforeAll(async () => {
  bench = await Bench.with(
    [
      { name: "f", versions: 1, compression: "ZSTD", inMemory: true },
      { name: "g", versions: 3, ttlSeconds: 3600, compression: "GZ" },
    ],
    ["m"],
  );
  table = bench.table;
});
afterAll(() => bench.end());

const settled = async (name: string, row: Buffer) => {
  while ((await bench.admin.regionInfo(name, row)).compaction_state) await new Promise((resolve) => setTimeout(resolve, 100));
};

test("a table is as it was asked for, and in the list", async () => {
  expect((await bench.admin.describe(table))?.families).toMatchObject({
    f: { VERSIONS: "1", COMPRESSION: "ZSTD", IN_MEMORY: "true" },
    g: { VERSIONS: "3", COMPRESSION: "GZ", TTL: expect.stringMatching(/^3600/) },
  });
  expect(await bench.admin.describe("no_such_table")).toBeUndefined();
  expect(await bench.admin.tables()).toContain(table);
  expect((await bench.hbase.regions(table)).map(({ start, end, state }) => [text(start), text(end), state])).toEqual([
    ["", "m", "OPEN"],
    ["m", "", "OPEN"],
  ]);
  await expect(bench.admin.createTable(table, [{ name: "f" }])).rejects.toMatchObject({ kind: "refused", type: "TableExistsException" });
});

test("families are changed", async () => {
  const name = `${table}_modify`;
  await bench.create(name, [{ name: "f" }]);
  await bench.admin.modifyTable(name, [{ name: "f", versions: 2 }, { name: "h" }]);
  expect(Object.keys((await bench.admin.describe(name))!.families)).toEqual(["f", "h"]);
  await bench.hbase.mutate(name, buf("x"), put(["h", "a", "b"]));
});

test("a namespace and a table in it", async () => {
  const { hbase, admin } = bench;
  await admin.createNamespace(table);
  const name = `${table}:t`;
  await admin.createTable(name, [{ name: "f" }], [buf("m")]);
  for (const row of [buf("a"), buf("z")]) await hbase.mutate(name, row, put(["f", "a", "b"]));
  expect(await all(hbase.scan(name))).toHaveLength(2);
  expect(await hbase.regions(name)).toHaveLength(2);
  expect(await admin.tables()).toContain(name);
  await admin.dropTable(name);
  await admin.dropNamespace(table);
});

test("status: servers, their regions and load", async () => {
  const { admin } = bench;
  const status = await admin.status();
  expect(status).toMatchObject({ version: expect.stringMatching(/^2\./), clusterId: expect.stringMatching(/-/), master: { host: expect.any(String) } });
  expect(status.servers.length).toBeGreaterThan(0);
  for (const server of status.servers) {
    expect(server.maxHeapMB).toBeGreaterThan(0);
    expect(server.reportedAt).toBeGreaterThan(Date.now() - 120_000);
  }
});

test("the balancer is turned off and on", async () => {
  const { admin } = bench;
  const before = await admin.balancer(false);
  expect((await admin.status()).balancerOn).toBe(false);
  expect(await admin.balance()).toEqual({ ran: false, moves: 0 });
  expect(await admin.balancer(before)).toBe(false);
  expect((await admin.status()).balancerOn).toBe(before);
});

test("flush and compact, of a row's region and of all", async () => {
  const { admin, hbase } = bench;
  await hbase.mutate(table, buf("a"), put(["f", "a", "1"]));
  await admin.flush(table, buf("a"));
  await admin.flush(table);
  await admin.compact(table, buf("a"));
  await admin.compact(table);
  await settled(table, buf("a"));
  expect(show(await hbase.get(table, buf("a")))).toEqual({ a: "1" });
});

test("split, then merge, under a client that knows the old regions", async () => {
  const { admin } = bench;
  const name = `${table}_split`;
  await bench.create(name, [{ name: "f" }], ["r0150"]);
  const rows = Array.from({ length: 400 }, (_, i) => buf(`r${String(i).padStart(4, "0")}`));
  const stale = bench.client();
  await stale.regions(name);
  await admin.split(name, rows[300]!);
  await stale.mutateMany(
    name,
    rows.map((row, i) => ({ row, mutation: put(["f", "b", String(i)]) })),
  );
  expect(await all(stale.scan(name))).toHaveLength(400);
  const regions = await bench.hbase.regions(name);
  expect(regions.map(({ start }) => text(start))).toEqual(["", "r0150", "r0300"]);
  const other = `${name}_merge`;
  await bench.create(other, [{ name: "f" }], ["r0150", "r0300"]);
  await bench.hbase.mutateMany(
    other,
    rows.map((row, i) => ({ row, mutation: put(["f", "b", String(i)]) })),
  );
  const [first, second] = await stale.regions(other);
  await admin.merge(first!, second!);
  expect(await bench.hbase.regions(other)).toHaveLength(2);
  expect(await all(stale.scan(other))).toHaveLength(400);
  await stale.mutate(other, rows[10]!, put(["f", "b", "merged"]));
  expect(show(await bench.hbase.get(other, rows[10]!))).toEqual({ b: "merged" });
});

test("a region is moved, to a server that is named", async () => {
  const { hbase } = bench;
  const before = await hbase.locate(table, buf("z"));
  await bench.moveAway(buf("z"));
  expect((await hbase.regions(table))[1]!.port).not.toBe(before.port);
});
