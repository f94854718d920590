import type { Outcome } from "../../testkit/hbase-faults/run-fault";

export type Run = Outcome;

/** The lines of a report. */
export const runsOf = (lines: string): Run[] =>
  lines
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Run);

/** The order of the table: as it is told, the parts that hold messages first. */
const ORDER = [
  ...["server", "meta-server", "first", "machine", "hung-server", "datanode", "datanode-of-three", "namenode", "master", "only-master"],
  ...["zookeeper", "zookeeper-leader", "move", "split", "balance", "everything"],
];

/** All runs of one fault together, in the order of the table. */
export function byFault(runs: readonly Run[]): { readonly name: string; readonly runs: readonly Run[] }[] {
  return ORDER.map((name) => ({ name, runs: runs.filter((run) => run.name === name) })).filter((fault) => fault.runs.length > 0);
}

/** The middle run, by its longest pause: what a plot shows of a fault. */
export function middleOf(runs: readonly Run[]): Run {
  return [...runs].sort((a, b) => a.hit.changes.max - b.hit.changes.max)[Math.floor((runs.length - 1) / 2)]!;
}

export const worst = (runs: readonly Run[], of: (run: Run) => number): number => Math.max(...runs.map(of));

/** The middle of the runs. */
export function median(runs: readonly Run[], of: (run: Run) => number): number {
  return runs.map(of).sort((a, b) => a - b)[Math.floor((runs.length - 1) / 2)]!;
}

export const seconds = (ms: number): string => (ms < 9_950 ? (ms / 1_000).toFixed(1) : (ms / 1_000).toFixed(0));
