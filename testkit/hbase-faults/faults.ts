import { setTimeout as pause } from "node:timers/promises";
import { bytesOf } from "@/storage/wide-column/contract";
import { ROWS } from "./load";
import type { Scene } from "./scene";

export interface Fault {
  readonly name: string;
  /** What is done, for a reader of the report. */
  readonly title: string;
  /** The longest pause that is allowed, milliseconds; none where everything goes down and there is nothing to go on with. */
  readonly budget?: number;
  /** In every run of the tests against a cluster, not only in the whole set. */
  readonly essential?: true;
  /** Only in a cluster with so many. */
  readonly zookeepers?: 1 | 3;
  /** Does it, and answers which rows it hits: the others are to go on meanwhile. */
  readonly strike: (scene: Scene) => Promise<ReadonlySet<string>>;
}

const SERVER = 12_000;
const META_SERVER = 16_000;
const OTHER = 5_000;

const everything: ReadonlySet<string> = new Set(ROWS);

/** The rows that it has, and then SIGKILL, with others at the same moment. */
async function killServer(scene: Scene, hasMeta: boolean, ...others: string[]): Promise<ReadonlySet<string>> {
  const name = await scene.victim(hasMeta);
  const rows = await scene.rowsOf(name);
  await scene.cluster.kill(name, ...others);
  return rows;
}

const kill = (choose: (scene: Scene) => Promise<readonly string[]>, downFor: number) => async (scene: Scene) => {
  const names = await choose(scene);
  await scene.cluster.kill(...names);
  await pause(downFor);
  for (const name of names) await scene.cluster.start(name);
  return everything;
};

const standby = async ({ cluster }: Scene): Promise<string[]> => {
  const active = await cluster.activeMaster();
  return cluster.nodes.filter(({ role, name }) => role === "master" && name !== active).map(({ name }) => name);
};

/** One that holds a third of the rows hangs: its connections stay, and it answers nothing. */
async function hang(scene: Scene): Promise<ReadonlySet<string>> {
  const name = await scene.victim(false);
  const rows = await scene.rowsOf(name);
  scene.cluster.pause(name);
  await pause(20_000);
  scene.cluster.resume(name);
  return rows;
}

async function move(scene: Scene): Promise<ReadonlySet<string>> {
  const { servers } = await scene.admin.status();
  const regions = (await scene.regions()).slice(0, 4);
  for (const region of regions) {
    const to = servers.find(({ host, port }) => host !== region.host || port !== region.port);
    await scene.admin.move(region, to);
  }
  return rowsWithin(regions.map(({ start }) => start));
}

async function split(scene: Scene): Promise<ReadonlySet<string>> {
  const regions = (await scene.regions()).slice(4, 7);
  for (const { end } of regions) await scene.admin.split(scene.table, bytesOf(`${String.fromCharCode(end[0]! - 1)}2`));
  return rowsWithin(regions.map(({ start }) => start));
}

/** All regions on one server, and then the balancer. */
async function balance(scene: Scene): Promise<ReadonlySet<string>> {
  const [to] = (await scene.admin.status()).servers;
  for (const region of await scene.regions()) await scene.admin.move(region, to);
  await scene.admin.balancer(true);
  await scene.admin.balance();
  return everything;
}

const rowsWithin = (starts: readonly Uint8Array[]): ReadonlySet<string> => {
  const letters = starts.map((start) => (start.length === 0 ? "a" : String.fromCharCode(start[0]!)));
  return new Set(ROWS.filter((row) => letters.includes(row[0]!)));
};

async function crash(scene: Scene): Promise<ReadonlySet<string>> {
  await scene.cluster.crash();
  await scene.cluster.up();
  return everything;
}

export const FAULTS: readonly Fault[] = [
  // What has never run in a server runs slowly the first time, and nobody else is to pay for that. So it has no budget.
  {
    ...{ name: "first", title: "the first kill -9 in the life of a cluster, of the region server that has hbase:meta", essential: true },
    strike: (scene) => killServer(scene, true),
  },
  {
    ...{ name: "meta-server", title: "kill -9 of the region server that has hbase:meta", budget: META_SERVER, essential: true },
    strike: (scene) => killServer(scene, true),
  },
  {
    ...{ name: "server", title: "kill -9 of another region server", budget: SERVER, essential: true },
    strike: (scene) => killServer(scene, false),
  },
  // With two copies the one that is left may be no use (docs/reliability.md).
  {
    ...{ name: "machine", title: "kill -9 of a region server and one of three DataNodes at the same moment, as when a machine dies", zookeepers: 3 },
    strike: (scene) => killServer(scene, false, "dn1"),
  },
  {
    ...{ name: "hung-server", title: "a region server hangs for 20 s (SIGSTOP, SIGCONT)", budget: SERVER, essential: true },
    strike: hang,
  },
  {
    ...{ name: "master", title: "kill -9 of the active master, with a standby", budget: OTHER, essential: true },
    strike: kill(async ({ cluster }) => [await cluster.activeMaster()], 10_000),
  },
  {
    ...{ name: "only-master", title: "kill -9 of the active master, without a standby; started again after 10 s", budget: OTHER },
    strike: async (scene) => {
      await scene.cluster.kill(...(await standby(scene)));
      return kill(async ({ cluster }) => [await cluster.activeMaster()], 10_000)(scene);
    },
  },
  {
    ...{ name: "datanode", title: "kill -9 of a DataNode, started again after 15 s", budget: OTHER },
    strike: kill(async () => ["dn1"], 15_000),
  },
  {
    ...{ name: "namenode", title: "kill -9 of the NameNode, started again after 10 s", budget: OTHER },
    strike: kill(async () => ["nn"], 10_000),
  },
  {
    ...{ name: "zookeeper", title: "kill -9 of the only ZooKeeper, started again after 3 s", budget: OTHER, zookeepers: 1 },
    strike: kill(async ({ cluster }) => [await cluster.zookeeperLeader()], 3_000),
  },
  {
    ...{ name: "zookeeper-leader", title: "kill -9 of the leader of three ZooKeepers, started again after 10 s", budget: OTHER, zookeepers: 3 },
    strike: kill(async ({ cluster }) => [await cluster.zookeeperLeader()], 10_000),
  },
  {
    ...{ name: "datanode-of-three", title: "kill -9 of one of three DataNodes, started again after 15 s", budget: OTHER, zookeepers: 3 },
    strike: kill(async () => ["dn1"], 15_000),
  },
  { name: "move", title: "four regions move to other servers", budget: OTHER, essential: true, strike: move },
  { name: "split", title: "three regions are split", budget: OTHER, essential: true, strike: split },
  { name: "balance", title: "all regions are moved to one server, and then balanced", budget: OTHER, strike: balance },
  { name: "everything", title: "kill -9 of everything at once, then everything started again", essential: true, strike: crash },
];
