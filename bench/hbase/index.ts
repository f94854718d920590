import { loadavg } from "node:os";
import { join } from "node:path";
import { HBaseCluster } from "@/testkit/hbase-cluster/cluster";
import { clientOptions } from "@/testkit/hbase-cluster/launch";
import { choicesOf } from "@/testkit/hbase-cluster/settings";
import { bundle } from "../bundle";
import { type Contestant, contest, inWords, lead, type Outcome } from "./contest";
import { inbox } from "./inbox";
import type { Crowd, Scanned } from "./memory";
import { Program } from "./program";
import { CHANGED } from "./rows";
import { sends } from "./sends";

type Say = (line: string) => void;

const CROWDS = [1, 32, 256];
const CROWD = 10_000;
const NAMESPACE = "bench";
const [NATIVE, SYNC, ASYNC] = ["native client", "Java client, threads", "Java client, asynchronous"];
/**
 * Nothing is to fail over here, so a server that a busy machine leaves without CPU for long is not taken for dead, and changes share the syncs of
 * the log, which makes many callers quick and a failover slow: docs/guide/operators.md.
 */
const SHAPE = { regionServers: 2, dataNodes: 2, sessionMs: 60_000, site: { "hbase.wal.provider": "filesystem", "hbase.regionserver.handler.count": "100" } };
/** BENCH_SHORT tries out the benchmark itself; its figures mean nothing. */
const LENGTHS = process.env.BENCH_SHORT
  ? { rounds: 1, seconds: 1, warmUp: 1, long: 2_000, reads: 50 }
  : { rounds: 5, seconds: 4, warmUp: 10, long: 100_000, reads: 500 };
const PARTS = { changes, memory, inbox: readingInbox, sends: (cluster: HBaseCluster, say: Say) => sends(cluster, LENGTHS, say) };

/**
 * The budgets of HBase, on a cluster of its own that is removed at the end: two region servers, two DataNodes, everything synced. BENCH_CLUSTER
 * names the folder of one that runs instead, which keeps the tables.
 */
export async function hbase(say: Say, only: readonly string[]): Promise<void> {
  const given = process.env.BENCH_CLUSTER;
  const cluster = given ? HBaseCluster.open(given) : await HBaseCluster.start({ ...SHAPE, ...choicesOf(process.env) });
  const sayLoad = (when: string) => say(`${when} the load average of this machine is ${loadavg()[0]?.toFixed(1)}.`);
  try {
    sayLoad("At the beginning");
    for (const [name, part] of Object.entries(PARTS)) if (only.length === 0 || only.includes(name)) await part(cluster, say);
    sayLoad("At the end");
  } finally {
    if (!given) await cluster.remove();
  }
}

/** A client in TypeScript. The driver's comes first: it makes the table. */
async function clientOf(kind: "native" | "driver", { seeds }: HBaseCluster): Promise<Program> {
  const node = process.env.BENCH_NODE?.split(" ") ?? [];
  return Program.start(process.execPath, ["--expose-gc", ...node, await bundle("bench/hbase/client.ts"), kind, seeds.join(","), NAMESPACE]);
}

async function javaClient(cluster: HBaseCluster): Promise<Program> {
  const pad = await cluster.launchpad();
  return Program.start(pad.java, ["-Xmx512m", ...clientOptions(pad), join(import.meta.dirname, "JavaClient.java"), `${NAMESPACE}:${CHANGED.name}`]);
}

async function changes(cluster: HBaseCluster, say: Say): Promise<void> {
  const [driver, native, java] = [await clientOf("driver", cluster), await clientOf("native", cluster), await javaClient(cluster)];
  const contestants: Contestant[] = [
    { name: NATIVE, program: native, way: "plain" },
    { name: SYNC, program: java, way: "sync" },
    { name: ASYNC, program: java, way: "async" },
    { name: "driver, as a mailbox writes", program: driver, way: "owner" },
    { name: "driver, epoch raised each time", program: driver, way: "chain" },
  ];
  const outcomes = await contest(cluster, contestants, CROWDS, LENGTHS);
  say(`changes of a row of 5 cells, 1 KB, if its epoch is the last one, fsynced; medians of ${LENGTHS.rounds} rounds of ${LENGTHS.seconds} s`);
  for (const line of [...inWords(outcomes), ...verdict(outcomes)]) say(line);
  for (const program of [driver, native, java]) await program.end();
}

function verdict(outcomes: readonly Outcome[]): string[] {
  const leads = CROWDS.map((callers) => `${lead(outcomes, callers, NATIVE, [SYNC, ASYNC]).toFixed(2)} at ${callers}`);
  const cpu = outcomes.find(({ callers, contestant }) => callers === CROWDS.at(-1) && contestant.name === NATIVE)?.cpuMicros ?? 0;
  return [
    `  the native client beside the faster way of the Java client: ${leads.join(", ")} (budget: at least 1)`,
    `  CPU of the native client for a change at ${CROWDS.at(-1)} callers: ${cpu.toFixed(0)} us (budget 60)`,
  ];
}

async function memory(cluster: HBaseCluster, say: Say): Promise<void> {
  const [driver, native] = [await clientOf("driver", cluster), await clientOf("native", cluster)];
  say(`memory, with ${CROWD} callers at once and in a scan`);
  for (const [name, program, way] of [
    ["native client", native, "plain"],
    ["driver", driver, "owner"],
  ] as const) {
    const { cells, mb, perSecond, liveMb, peakMb } = await program.ask<Scanned>("scan");
    say(
      `  ${name}: a scan of ${cells} cells, ${mb.toFixed(0)} MB: ${liveMb.toFixed(1)} MB in use at most, resident +${peakMb.toFixed(0)} MB, ${perSecond.toFixed(0)} cells/s`,
    );
    const waiting = await program.ask<Crowd>("crowd", way, CROWD, 2 * LENGTHS.seconds);
    say(
      `  ${name}: ${(waiting.bytesPerCall / 1024).toFixed(1)} KB in use for each call that waits, resident +${waiting.peakMb.toFixed(0)} MB, ${waiting.perSecond.toFixed(0)}/s`,
    );
    await program.end();
  }
}

function readingInbox({ seeds }: HBaseCluster, say: Say): Promise<void> {
  return inbox(seeds, LENGTHS, say);
}
