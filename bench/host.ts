import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { build } from "esbuild";
import type { StoreStats } from "@/storage/wide-column/contract";

export interface Host {
  readonly url: string;
  readonly cookies: readonly string[];
  readonly people: readonly string[];
  ask(): Promise<{ stats: StoreStats; rss: number; cpuMs: number; owed: number }>;
  close(): Promise<void>;
}

const SERVER = "dist/bench-server.js";

/**
 * Starts the server of a benchmark in a process of its own, so that the load does not slow it from within. It is bundled as `npm start`
 * does it, because what reads TypeScript as it goes makes every function dearer. On HBase if a store is named.
 */
export async function host(people = 64, store = ""): Promise<Host> {
  await build({
    entryPoints: ["bench/server.ts"],
    outfile: SERVER,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: true,
  });
  const child: ChildProcess = fork(SERVER, {
    execArgv: ["--require", "./scripts/threads.cjs", "--max-semi-space-size=8", ...(process.env.BENCH_NODE?.split(" ") ?? [])],
    env: { ...process.env, PEOPLE: String(people), BENCH_STORE: store, NODE_ENV: "production" },
  });
  const [ready] = (await once(child, "message")) as [{ url: string; cookies: string[]; people: string[] }];
  return {
    ...ready,
    ask: async () => {
      child.send("stats");
      const [answer] = await once(child, "message");
      return answer;
    },
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
