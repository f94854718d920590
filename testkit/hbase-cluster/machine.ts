import { statfsSync } from "node:fs";
import { ClusterError } from "./error";
import type { ClusterNode, Role } from "./nodes";
import type { ClusterSettings } from "./settings";

const MB = 1_048_576;
/** What a node occupies with little to do, measured; a region server grows to its heap and 250 MB beside it. */
const NEEDS_MB: Readonly<Record<Exclude<Role, "regionserver">, number>> = { zookeeper: 110, namenode: 200, datanode: 180, master: 300 };
/** HDFS keeps 100 MB free for others and sets a block aside for every file that is being written. */
const DISK_MB = 2_048;

/** Ends with a sentence when these nodes would not fit: Java would be killed by the system in the middle of something. */
export function requireMemory(nodes: readonly ClusterNode[], heap: string, available = process.availableMemory()): void {
  const heapMb = Number.parseInt(heap, 10) * (heap.endsWith("g") ? 1_024 : 1);
  const needed = nodes.reduce((sum, { role }) => sum + (role === "regionserver" ? heapMb + 250 : NEEDS_MB[role]), 0);
  if (available >= needed * MB) return;
  throw new ClusterError(
    "missing",
    `The ${nodes.length} processes need ${gb(needed)} GB of memory, and ${gb(available / MB)} GB is available. Stop something else, or start a smaller ` +
      "cluster: BRAID_CLUSTER_REGIONSERVERS=1 BRAID_CLUSTER_DATANODES=1 BRAID_CLUSTER_HEAP=256m.",
  );
}

export function requireDisk({ dir }: ClusterSettings): void {
  const { bavail, bsize } = statfsSync(dir);
  const freeMb = (bavail * bsize) / MB;
  if (freeMb < DISK_MB)
    throw new ClusterError("missing", `${dir} has ${gb(freeMb)} GB left, and HDFS needs ${gb(DISK_MB)} GB to begin. Choose another folder with BRAID_CLUSTER.`);
}

const gb = (mb: number): string => (mb / 1_024).toFixed(1);
