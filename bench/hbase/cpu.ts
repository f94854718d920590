import { readFileSync } from "node:fs";
import type { HBaseCluster } from "@/testkit/hbase-cluster/cluster";
import { pidOf } from "@/testkit/hbase-cluster/processes";

/** CPU time of the parts of a cluster, seconds. */
export interface Parts {
  readonly regionServers: number;
  readonly dataNodes: number;
  readonly others: number;
}

/** Linux counts the CPU time of processes in hundredths of a second. */
const TICKS = 100;

export function cpuOf({ nodes, dir }: HBaseCluster): Parts {
  const of = (wanted: (role: string) => boolean) => nodes.filter(({ role }) => wanted(role)).reduce((sum, { name }) => sum + secondsOf(pidOf(dir, name)), 0);
  return {
    regionServers: of((role) => role === "regionserver"),
    dataNodes: of((role) => role === "datanode"),
    others: of((role) => role !== "regionserver" && role !== "datanode"),
  };
}

export const since = (before: Parts, after: Parts): Parts => ({
  regionServers: after.regionServers - before.regionServers,
  dataNodes: after.dataNodes - before.dataNodes,
  others: after.others - before.others,
});

/** Who took the CPU, in hundredths of all that was taken for this. */
export function shares(clients: Readonly<Record<string, number>>, { regionServers, dataNodes, others }: Parts): string {
  const all = { ...clients, "region servers": regionServers, DataNodes: dataNodes, "the rest": others };
  const sum = Object.values(all).reduce((total, seconds) => total + seconds, 0);
  return Object.entries(all)
    .map(([name, seconds]) => `${name} ${((seconds / sum) * 100).toFixed(0)} %`)
    .join(", ");
}

/** Fields 14 and 15 of /proc/PID/stat; the name, which may hold anything, ends with the last bracket. */
function secondsOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
