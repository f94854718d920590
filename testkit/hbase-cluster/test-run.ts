import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HBaseCluster } from "./cluster";
import { ClusterError, EXIT_CODES } from "./error";
import { requireTools } from "./install";
import { type Choices, choicesOf } from "./settings";

/**
 * `npm run test:cluster [-- path]`: starts a cluster on free ports in a temporary folder, runs the `*.cluster.test.ts` and
 * the browser tests against it, and removes it. With `--all` every fault of testkit/hbase-faults is tried instead of the essential ones,
 * the last on a second cluster of three ZooKeepers and three DataNodes. The exit code is that of the tests; 69 when this machine lacks what a
 * cluster needs, and nothing was tested.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * A standby master and a third region server, so that one of each can die while others go on; and servers that are a minute old, and not busy with compiling
 * themselves, as older ones are not. BRAID_CLUSTER_* variables win.
 */
const USUAL = { masters: 2, regionServers: 3, compiler: "quick" } as const;

const QUORUM = { ...USUAL, zookeepers: 3, dataNodes: 3, replication: 3 } as const;
const QUORUM_FAULTS = { FAULTS: "machine,zookeeper-leader,datanode-of-three" };
const FAULTS = "testkit/hbase-faults/faults.cluster.test.ts";

async function main(): Promise<number> {
  requireTools(process.env, say);
  const { portBase: _, ...choices } = choicesOf(process.env);
  const [isAll, paths] = [process.argv.includes("--all"), process.argv.slice(2).filter((argument) => argument !== "--all")];
  const code = await onCluster({ ...USUAL, ...choices }, paths, isAll ? { FAULTS: "all" } : {});
  return isAll ? (await onCluster({ ...choices, ...QUORUM }, [FAULTS], QUORUM_FAULTS)) || code : code;
}

async function onCluster(choices: Choices, paths: readonly string[], more: Readonly<Record<string, string>>): Promise<number> {
  const cluster = await HBaseCluster.start({ ...choices, say });
  say(`A cluster of ${cluster.nodes.length} processes serves, in ${cluster.dir}.`);
  const env = { ...process.env, CLUSTER: "1", BRAID_CLUSTER: cluster.dir, HBASE_SEEDS: cluster.seeds.join(","), ...more };
  const code = (await run("vitest/vitest.mjs", ["run", ...paths], env)) || (paths.length > 0 ? 0 : await browsers(cluster, env));
  if (code !== 0) keepLogs(cluster);
  await cluster.remove();
  return code;
}

/** Two people at their browsers, with Braid's messages on this cluster. */
async function browsers(cluster: HBaseCluster, env: NodeJS.ProcessEnv): Promise<number> {
  await cluster.up(); // whatever the tests before left lying
  return run("@playwright/test/cli.js", ["test"], { ...env, BRAID_STORE: cluster.storeUrl });
}

async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [code] = await once(spawn(process.execPath, [`node_modules/${program}`, ...args], { env, stdio: "inherit" }), "exit");
  return typeof code === "number" ? code : 1;
}

function keepLogs({ dir }: HBaseCluster): void {
  const kept = mkdtempSync(join(tmpdir(), "braid-cluster-logs-"));
  cpSync(join(dir, "log"), kept, { recursive: true });
  say(`The logs of the cluster are kept in ${kept}.`);
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof ClusterError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(error instanceof ClusterError ? EXIT_CODES[error.fault] : 1);
}
