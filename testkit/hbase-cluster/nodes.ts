import { ClusterError } from "./error";
import type { ClusterSettings } from "./settings";

export type Role = "zookeeper" | "namenode" | "datanode" | "master" | "regionserver";

/** One process of the cluster. */
export interface ClusterNode {
  /** zk1 to zk3, nn, dn1 to dn3, hm1, hm2, rs1 to rs3. */
  readonly name: string;
  readonly role: Role;
  /** Counts from 1 within the role. */
  readonly number: number;
  /** Where its clients call. */
  readonly port: number;
  /** Every port it listens on, the one of its clients first. */
  readonly ports: readonly number[];
}

export const IP = "127.0.0.1";
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  zookeeper: "ZooKeeper",
  namenode: "NameNode",
  datanode: "DataNode",
  master: "master",
  regionserver: "region server",
};
/** How many ports from the base on belong to a cluster. */
export const PORTS = 80;

/**
 * All nodes, in the order they are started. A base under 32768 is best: above it the kernel hands the same numbers to outgoing
 * connections, and a daemon then finds its port taken now and then.
 */
export function nodesOf(settings: ClusterSettings): readonly ClusterNode[] {
  const at = (offset: number) => settings.portBase + offset;
  const make = (role: Role, name: string, number: number, ...offsets: number[]): ClusterNode => {
    const ports = offsets.map(at);
    return { name, role, number, port: ports[0] as number, ports };
  };
  const some = (count: number, one: (number: number) => ClusterNode) => Array.from({ length: count }, (_, i) => one(i + 1));
  const alone = settings.zookeepers === 1;
  return [
    ...some(settings.zookeepers, (n) => make("zookeeper", `zk${n}`, n, ...(alone ? [n] : [n, n + 3, n + 6]))), // clients, peers, election
    make("namenode", "nn", 1, 10, 11), // calls, http
    ...some(settings.dataNodes, (n) => make("datanode", `dn${n}`, n, ...[17, 18, 19].map((offset) => offset + 3 * n))), // data, calls, http
    ...some(settings.masters, (n) => make("master", `hm${n}`, n, 38 + 2 * n, 39 + 2 * n)), // calls, http
    ...some(settings.regionServers, (n) => make("regionserver", `rs${n}`, n, 48 + 2 * n, 49 + 2 * n)), // calls, http
  ];
}

/** Where it answers /jmx; ZooKeeper does not. */
export function httpPort({ role, ports }: ClusterNode): number | undefined {
  return role === "zookeeper" ? undefined : ports.at(-1);
}

export function nodeNamed(nodes: readonly ClusterNode[], name: string | undefined): ClusterNode {
  const found = nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  const all = nodes.map((node) => node.name).join(" ");
  throw new ClusterError("usage", name === undefined ? `Which node? There are ${all}.` : `There is no node ${name}. There are ${all}.`);
}

export const ofRole = (nodes: readonly ClusterNode[], ...roles: Role[]): readonly ClusterNode[] => nodes.filter(({ role }) => roles.includes(role));

/** Any master or region server tells a client where the rest is. */
export function seedsOf(nodes: readonly ClusterNode[]): readonly string[] {
  return ofRole(nodes, "master", "regionserver").map(({ port }) => `${IP}:${port}`);
}

export const quorumOf = (nodes: readonly ClusterNode[]): string =>
  ofRole(nodes, "zookeeper")
    .map(({ port }) => `${IP}:${port}`)
    .join(",");

/** What BRAID_STORE takes. The path is the znode parent, which is HBase's default here. */
export const storeUrlOf = (nodes: readonly ClusterNode[]): string => `hbase://${seedsOf(nodes).join(",")}/hbase`;
