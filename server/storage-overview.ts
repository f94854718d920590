import type { Region, StoreServer, StoreTopology, WideColumnStore } from "@/storage/wide-column/contract";
import type { StorageOverview } from "./api/services";
import type { Finding } from "./platform/health";
import { TABLES } from "./tables";

/** What an admin is told of a store of several servers; undefined for one in this process. */
export async function storageOverview(store: WideColumnStore): Promise<StorageOverview | undefined> {
  const topology = await store.topology().catch(() => "silent" as const);
  if (topology === undefined) return undefined;
  const tables = await Promise.all(TABLES.map(({ name }) => tableOverview(store, name)));
  if (topology === "silent") return { engine: "", words: NO_COORDINATOR, servers: [], tables };
  return { engine: topology.engine, words: topologyFinding(topology).words, servers: topology.servers.map(serverOverview), tables };
}

/** How the servers are, for the health of the store. Its coordinator's silence alone keeps nobody from writing. */
export const storeServersFinding = async (store: WideColumnStore): Promise<Finding | undefined> => {
  const topology = await store.topology().catch(() => "silent" as const);
  if (topology === undefined) return undefined;
  return topology === "silent" ? { state: "slow", words: NO_COORDINATOR } : topologyFinding(topology);
};

const NO_COORDINATOR = "The master does not answer. Messages go on, but when a server fails nobody moves its regions.";

export function topologyFinding({ servers, moving, coordinator, standbys }: StoreTopology): Finding {
  const alive = servers.filter((server) => server.alive);
  const master = `the master is ${coordinator}, with ${standbys === 0 ? "nobody to take over" : `${standbys} to take over`}`;
  if (alive.length === 0) return { state: "broken", words: "No server holds any messages. Nothing can be read or written." };
  const trouble = [
    alive.length < servers.length && `${servers.length - alive.length} of ${plural(servers.length, "server")} down`,
    moving > 0 && `${plural(moving, "region")} on the way to another server: messages of people in ${moving === 1 ? "it" : "them"} wait`,
  ].filter(Boolean);
  if (trouble.length > 0) return { state: "slow", words: `${sentence(trouble.join("; "))}; ${master}.` };
  return { state: "ok", words: `${plural(alive.length, "server")} ${alive.length === 1 ? "holds" : "hold"} all messages; ${master}.` };
}

function serverOverview({ name, alive, regions, requestsPerSecond, heapMB, maxHeapMB }: StoreServer) {
  const load = `${plural(regions, "region")}, ${plural(requestsPerSecond, "request")} a second, ${heapMB} of ${maxHeapMB} MB of memory`;
  return { name, alive, words: alive ? load : "Down. Its regions are taken over by the others." };
}

async function tableOverview(store: WideColumnStore, name: string) {
  const regions = await store.regions(name).catch(() => undefined);
  return { name, words: regions === undefined ? "Not known: nobody answers." : regionWords(regions) };
}

function regionWords(regions: readonly Region[]): string {
  const count = new Map<string, number>();
  for (const { server } of regions) count.set(server, (count.get(server) ?? 0) + 1);
  const places = [...count].sort(([a], [b]) => (a < b ? -1 : 1)).map(([server, many]) => `${many} on ${server === "" ? "no server just now" : server}`);
  return `${plural(regions.length, "region")}: ${places.join(", ")}`;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
