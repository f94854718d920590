import { type Bean, beans, zookeeperMode } from "./ask";
import { type ClusterNode, httpPort, nodesOf } from "./nodes";
import { type Process, processOf } from "./processes";
import type { ClusterSettings } from "./settings";

/** What one node says of itself. Nothing when its process is down, paused, or does not answer yet. */
export interface Answer {
  /** ZooKeeper: alone, leader or follower. */
  readonly mode?: string;
  /** NameNode: out of safe mode, and how many DataNodes it hears. */
  readonly hdfs?: { readonly operational: boolean; readonly live: number };
  /** DataNode: registered with the NameNode. */
  readonly registered?: boolean;
  readonly master?: MasterAnswer;
  /** Region server: its name with the time of its start, how many regions it has, and whether hbase:meta is one of them. */
  readonly server?: { readonly name: string; readonly regions: number; readonly meta: boolean };
}

export interface MasterAnswer {
  readonly active: boolean;
  readonly initialised: boolean;
  /** Full names of the region servers it counts as alive. */
  readonly servers: readonly string[];
  readonly inTransition: number;
  /** Dead servers whose regions are still being recovered. */
  readonly recovering: number;
}

export interface Seen extends Answer {
  readonly node: ClusterNode;
  readonly process?: Process;
}

/** Asks every node at once. */
export function look(settings: ClusterSettings): Promise<readonly Seen[]> {
  return Promise.all(nodesOf(settings).map((node) => lookAt(settings.dir, node)));
}

export async function lookAt(dir: string, node: ClusterNode): Promise<Seen> {
  const process = processOf(dir, node.name);
  if (process === undefined) return { node };
  return { node, process, ...(process.paused ? {} : await ask(node)) };
}

const REGIONS = "Hadoop:service=HBase,name=RegionServer,sub=Regions";
/** The region of hbase:meta has a number of its own in every HBase. */
const META = "_table_meta_region_1588230740_";

function ask(node: ClusterNode): Promise<Answer> {
  const http = httpPort(node) as number;
  switch (node.role) {
    case "zookeeper":
      return zookeeperMode(node.port).then((mode) => (mode === undefined ? {} : { mode }));
    case "namenode":
      return bean(http, "Hadoop:service=NameNode,name=FSNamesystemState", (found) => ({
        hdfs: { operational: found.FSState === "Operational", live: Number(found.NumLiveDataNodes) },
      }));
    case "datanode":
      return bean(http, "Hadoop:service=DataNode,name=DataNodeInfo", (found) => ({ registered: isRegistered(String(found.BPServiceActorInfo)) }));
    case "master":
      return askMaster(http);
    case "regionserver":
      return askServer(http);
    default:
      return node.role satisfies never;
  }
}

async function bean(port: number, name: string, read: (bean: Bean) => Answer): Promise<Answer> {
  const found = (await beans(port, name))?.[0];
  return found === undefined ? {} : read(found);
}

/** A list of one for each NameNode, as JSON within JSON. */
const isRegistered = (actors: string): boolean => /"ActorState":"RUNNING"/.test(actors);

async function askMaster(port: number): Promise<Answer> {
  const found = await beans(port, "Hadoop:service=HBase,name=Master,sub=*");
  const [server, assignment] = ["Server", "AssignmentManager"].map((sub) => found?.find(({ name }) => String(name).endsWith(`sub=${sub}`)));
  if (server === undefined) return {};
  const number = (key: string) => Number(server[key] ?? 0);
  return {
    master: {
      active: server["tag.isActiveMaster"] === "true",
      initialised: number("masterFinishedInitializationTime") > 0,
      servers: String(server["tag.liveRegionServers"] ?? "")
        .split(";")
        .filter(Boolean),
      inTransition: Number(assignment?.ritCount ?? 0),
      recovering: Math.max(0, number("ServerCrashSubmittedCount") - number("ServerCrashFailedCount") - number("ServerCrashTime_num_ops")),
    },
  };
}

async function askServer(port: number): Promise<Answer> {
  const [server, regions] = await Promise.all([beans(port, "Hadoop:service=HBase,name=RegionServer,sub=Server"), beans(port, REGIONS)]);
  const name = server?.[0]?.["tag.serverName"];
  if (typeof name !== "string" || !name.includes(",")) return {};
  return { server: { name, regions: Number(server?.[0]?.regionCount ?? 0), meta: Object.keys(regions?.[0] ?? {}).some((key) => key.includes(META)) } };
}
