import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { StoreStats } from "@/storage/wide-column/contract";
import { bundle } from "./bundle";
import type { Filling } from "./queue-fill";

export interface Host {
  readonly url: string;
  readonly cookies: readonly string[];
  readonly people: readonly string[];
  ask(): Promise<{ stats: StoreStats; rss: number; cpuMs: number; owed: number }>;
  /** Lets messages to phones wait; answers how many. */
  fill(filling: Filling): Promise<number>;
  close(): Promise<void>;
  /** kill -9. */
  kill(): void;
}

export interface HostOptions {
  readonly people?: number;
  /** The store, if it is HBase. */
  readonly store?: string;
  /** Where an SMSC listens, if there is to be a carrier. */
  readonly smscPort?: number;
  /** A directory of messages that outlives the server. */
  readonly data?: string;
}

/** Starts the server of a benchmark in a process of its own, so that the load does not slow it from within. */
export async function host({ people = 64, store = "", smscPort, data = "" }: HostOptions = {}): Promise<Host> {
  const child: ChildProcess = fork(await bundle("bench/server.ts"), {
    execArgv: ["--require", "./scripts/threads.cjs", "--max-semi-space-size=16", "--v8-pool-size=1", ...(process.env.BENCH_NODE?.split(" ") ?? [])],
    env: { ...process.env, PEOPLE: String(people), BENCH_STORE: store, BENCH_SMSC: String(smscPort ?? ""), BENCH_DATA: data, NODE_ENV: "production" },
  });
  const [ready] = (await once(child, "message")) as [{ url: string; cookies: string[]; people: string[] }];
  return {
    ...ready,
    ask: async () => {
      child.send("stats");
      const [answer] = await once(child, "message");
      return answer;
    },
    fill: async (filling) => {
      child.send(filling);
      const [{ filled }] = await once(child, "message");
      return filled;
    },
    kill: () => void child.kill("SIGKILL"),
    close: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
