import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeConfiguration, xml } from "./configuration";
import { remembered, settle } from "./settings";

const written = (choices: Parameters<typeof settle>[1]) => {
  const dir = mkdtempSync(join(tmpdir(), "braid-conf-"));
  writeConfiguration(settle(dir, choices));
  return { dir, read: (path: string) => readFileSync(join(dir, path), "utf8") };
};
const property = (text: string, name: string) => new RegExp(`<name>${name.replaceAll(".", "\\.")}</name><value>([^<]*)<`).exec(text)?.[1];

test("an acknowledged change is on the disk of every copy: the settings that see to it are written", () => {
  const { read } = written({});
  const hbase = read("conf/hbase-site.xml");
  expect(property(hbase, "hbase.wal.hsync")).toBe("true");
  expect(property(hbase, "dfs.checksum.type")).toBe("NULL");
  expect(property(hbase, "hbase.master.store.region.wal.hsync")).toBe("true");
  expect(property(read("conf/hdfs-site.xml"), "dfs.datanode.synconclose")).toBe("true");
  expect(property(read("conf/hdfs-site.xml"), "dfs.replication")).toBe("2");
  expect(read("conf/zk1.cfg")).toContain("forceSync=yes");
});

test("what a test turns off is off, and properties of one's own win", () => {
  const { read } = written({
    hsync: false,
    checksum: "CRC32C",
    sessionMs: 3_000,
    site: { "hbase.wal.split.to.hfile": "true", "hbase.regionserver.msginterval": "500" },
  });
  const hbase = read("conf/hbase-site.xml");
  expect(property(hbase, "hbase.wal.hsync")).toBe("false");
  expect(property(hbase, "dfs.checksum.type")).toBe("CRC32C");
  expect(property(hbase, "zookeeper.session.timeout")).toBe("3000");
  expect(property(hbase, "hbase.wal.split.to.hfile")).toBe("true");
  expect(hbase.match(/hbase\.regionserver\.msginterval/g)).toHaveLength(1);
  expect(property(hbase, "hbase.regionserver.msginterval")).toBe("500");
});

test("everything listens on the loopback", () => {
  const { dir, read } = written({ zookeepers: 3 });
  const all = readdirSync(join(dir, "conf")).filter((name) => /\.(xml|cfg)$/.test(name));
  for (const name of all) expect(read(`conf/${name}`)).not.toMatch(/0\.0\.0\.0|localhost/);
  expect(property(read("conf/hbase-site.xml"), "hbase.regionserver.ipc.address")).toBe("127.0.0.1");
});

test("one ZooKeeper stands alone; three know each other and which one they are", () => {
  expect(written({}).read("conf/zk1.cfg")).not.toContain("server.");
  const { read } = written({ zookeepers: 3, portBase: 21_600 });
  expect(read("conf/zk2.cfg")).toContain("server.1=127.0.0.1:21604:21607\nserver.2=127.0.0.1:21605:21608\nserver.3=127.0.0.1:21606:21609\n");
  expect(read("conf/zk2.cfg")).toContain("clientPort=21602\n");
  expect(read("data/zk2/myid")).toBe("2\n");
});

test("the folder remembers what it was made with", () => {
  const { dir } = written({ regionServers: 3 });
  expect(remembered(dir)).toMatchObject({ regionServers: 3, portBase: 20_600 });
});

test("values are XML", () => {
  expect(xml({ "a.b": "x<y>&z" })).toContain("<name>a.b</name><value>x&lt;y&gt;&amp;z</value>");
});
