import { Admin, type ClusterStatus, type HBase } from "../../../hbase";
import type { StoreServer, StoreTopology } from "../../contract";
import { failureOf } from "./failures";

/** Milliseconds: whoever looks at the state of a cluster wants to see that nobody answers. */
const PATIENCE = 1_500;

export async function topologyOf(client: HBase): Promise<StoreTopology> {
  const status = await new Admin(client, { timeout: PATIENCE }).status().catch((error) => {
    throw failureOf(error, "reading");
  });
  return topology(status);
}

/** The master keeps the names of servers that died until one starts at the same place: those are not dead any more. */
export function topology({ version, master, backupMasters, servers, deadServers, inTransition }: ClusterStatus): StoreTopology {
  const live = servers.map((server): StoreServer => {
    const { regions, requestsPerSecond, usedHeapMB: heapMB, maxHeapMB } = server;
    return { name: nameOf(server), alive: true, regions: regions.length, requestsPerSecond, heapMB, maxHeapMB };
  });
  const gone = new Set(deadServers.map(nameOf).filter((name) => !live.some((server) => server.name === name)));
  const dead = [...gone].map((name): StoreServer => ({ name, alive: false, regions: 0, requestsPerSecond: 0, heapMB: 0, maxHeapMB: 0 }));
  return {
    engine: `HBase ${version}`,
    coordinator: master === undefined ? "" : nameOf(master),
    standbys: backupMasters.length,
    servers: [...live, ...dead].sort((a, b) => (a.name < b.name ? -1 : 1)),
    moving: inTransition.length,
  };
}

const nameOf = ({ host, port }: { readonly host: string; readonly port: number }): string => `${host}:${port}`;
