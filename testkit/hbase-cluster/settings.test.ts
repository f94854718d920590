import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { choicesOf, remembered, settle, toRemember } from "./settings";

test("without settings there are two DataNodes, two region servers and one of the rest, and a change is synced before it is acknowledged", () => {
  expect(settle("/srv/cluster", {})).toEqual({
    ...{ dir: "/srv/cluster", portBase: 20_600, zookeepers: 1, dataNodes: 2, replication: 2, masters: 1, regionServers: 2 },
    ...{ sessionMs: 4_000, hsync: true, checksum: "NULL", heap: "512m", compiler: "full", site: {} },
  });
  expect(settle("/srv/cluster", { dataNodes: 1 }).replication).toBe(1);
});

test("the environment chooses; empty variables count as absent", () => {
  const env = { BRAID_CLUSTER: "/srv/x", BRAID_CLUSTER_PORT: "21600", BRAID_CLUSTER_HSYNC: "false", BRAID_CLUSTER_CHECKSUM: "CRC32C", BRAID_CLUSTER_HEAP: " " };
  expect(choicesOf(env as never)).toEqual({ portBase: 21_600, hsync: false, checksum: "CRC32C" });
});

test.each([
  ["BRAID_CLUSTER_PORT", "80", "BRAID_CLUSTER_PORT must be a whole number from 1024 to 65455"],
  ["BRAID_CLUSTER_PORT", "2e4", "BRAID_CLUSTER_PORT must be a whole number"],
  ["BRAID_CLUSTER_ZOOKEEPERS", "2", 'BRAID_CLUSTER_ZOOKEEPERS must be 1 or 3, not "2"'],
  ["BRAID_CLUSTER_HSYNC", "yes", "BRAID_CLUSTER_HSYNC must be true or false"],
  ["BRAID_CLUSTER_HEAP", "lots", "BRAID_CLUSTER_HEAP must be a size as Java writes it"],
  ["BRAID_CLUSTER_SITE", "/nowhere/site", "BRAID_CLUSTER_SITE names the file /nowhere/site, which cannot be read"],
  ["BRAID_CLUSTER_DATANODE", "3", "There is no setting BRAID_CLUSTER_DATANODE; is it misspelt?"],
])("%s=%s is refused with a sentence", (name, value, sentence) => {
  expect(() => choicesOf({ [name]: value } as never)).toThrow(sentence);
});

test("a file adds properties, one a line", () => {
  const file = join(mkdtempSync(join(tmpdir(), "braid-site-")), "site");
  writeFileSync(file, "# faster opening\nhbase.wal.split.to.hfile  true\n\n hbase.x a b \n");
  expect(choicesOf({ BRAID_CLUSTER_SITE: file } as never)).toEqual({ site: { "hbase.wal.split.to.hfile": "true", "hbase.x": "a b" } });
  writeFileSync(file, "hbase.wal.hsync\n");
  expect(() => choicesOf({ BRAID_CLUSTER_SITE: file } as never)).toThrow("this has not: hbase.wal.hsync");
});

test("a folder with white space, a colon or a comma is refused: Java's and HDFS's own lists would break there", () => {
  for (const dir of ["/srv/my cluster", "/srv/a:b", "/srv/a,b"]) expect(() => settle(dir, {})).toThrow("may have no white space, colon or comma");
});

test("more copies than DataNodes are refused", () => {
  expect(() => settle("/srv/cluster", { dataNodes: 2, replication: 3 })).toThrow("3 copies of each block need as many DataNodes, and there are 2");
});

test("what a folder was made with stays: counts may grow, the port and the number of ZooKeepers may not change", () => {
  const before = { portBase: 21_600, zookeepers: 1, dataNodes: 2, regionServers: 2, masters: 1, sessionMs: 3_000 };
  expect(settle("/srv/c", { regionServers: 3 }, before)).toMatchObject({ portBase: 21_600, regionServers: 3, sessionMs: 3_000 });
  expect(() => settle("/srv/c", { portBase: 22_000 }, before)).toThrow("The cluster in /srv/c was made with port 21600");
  expect(() => settle("/srv/c", { zookeepers: 3 }, before)).toThrow("was made with ZooKeepers: 1");
  expect(() => settle("/srv/c", { regionServers: 1 }, before)).toThrow("was made with region servers: 2");
});

test("settings are remembered in the folder", () => {
  const dir = mkdtempSync(join(tmpdir(), "braid-settings-"));
  expect(remembered(dir)).toBeUndefined();
  const settings = settle(dir, { zookeepers: 3, site: { a: "b" } });
  const { file, text } = toRemember(settings);
  writeFileSync(join(dir, file), text);
  expect(settle(dir, {}, remembered(dir))).toEqual(settings);
  writeFileSync(join(dir, file), "{");
  expect(() => remembered(dir)).toThrow("cannot be read");
});
