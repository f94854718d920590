import { afterEach, expect, test } from "vitest";
import { HBaseCluster } from "./cluster";
import { pidOf } from "./processes";
import { describe } from "./status";

const cluster = HBaseCluster.open(process.env.BRAID_CLUSTER as string);
afterEach(() => cluster.up());
const serves = async () => (await describe(cluster.settings)).serves;

test("a killed region server is missed, its regions go to others, and it comes back", async () => {
  const victim = await cluster.serverOfMeta();
  await cluster.kill(victim);
  expect(await serves()).toBe(false);
  await expect.poll(() => cluster.serverOfMeta(), { timeout: 60_000 }).not.toBe(victim);
  await expect(cluster.kill(victim)).rejects.toThrow(`${victim} is not running.`);
  await cluster.start(victim);
  await cluster.waitReady();
  expect(await serves()).toBe(true);
});

test("the standby takes over from a killed master", async () => {
  const before = await cluster.activeMaster();
  await cluster.kill(before);
  expect(await cluster.activeMaster()).not.toBe(before);
});

test("a paused node keeps its process and answers nothing until it is resumed", async () => {
  cluster.pause("dn1");
  expect((await describe(cluster.settings)).lines.join("\n")).toContain("is paused");
  cluster.resume("dn1");
  await cluster.waitReady();
});

test("the NameNode and ZooKeeper are killed and started again under the same names", async () => {
  const leader = await cluster.zookeeperLeader();
  await cluster.kill("nn", leader);
  await Promise.all([cluster.start("nn"), cluster.start(leader)]);
  await cluster.waitReady();
  expect(await cluster.zookeeperLeader()).toBe(leader);
});

test("after everything was killed at once the same data is served again", async () => {
  const count = cluster.nodes.length;
  const meta = cluster.nodeAt(cluster.nodes.find(({ name }) => name === "rs1")?.port as number);
  expect(meta?.name).toBe("rs1");
  expect(await cluster.crash()).toBe(count);
  expect(cluster.nodes.map(({ name }) => pidOf(cluster.dir, name))).toEqual(cluster.nodes.map(() => undefined));
  await cluster.up();
  expect(await serves()).toBe(true);
});
