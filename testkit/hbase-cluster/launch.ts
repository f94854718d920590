import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClusterError } from "./error";
import { OPENED } from "./java";
import { type ClusterNode, IP } from "./nodes";
import { markOf, remember } from "./processes";
import type { ClusterSettings } from "./settings";
import { tailOf } from "./tail";

/** What starts nodes: settings that are written, a Java, and its class path. */
export interface Launchpad {
  readonly settings: ClusterSettings;
  readonly java: string;
  readonly classpath: string;
}

const QUICK_COMPILER = "-XX:TieredStopAtLevel=1";
/** Java for little memory: the serial collector, the quick compiler, small stacks. */
const SMALL = ["-XX:+UseSerialGC", QUICK_COMPILER, "-Xss512k"];
const NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";

/** Starts the node's process in a session of its own, so that it outlives the command and no key of the terminal reaches it. */
export async function launch(pad: Launchpad, node: ClusterNode): Promise<void> {
  const { dir } = pad.settings;
  if (node.role === "namenode") await formatOnce(pad);
  const out = openSync(join(dir, "log", `${node.name}.out`), "a");
  const args = [...jvm(pad, node.name), ...program(pad.settings, node)];
  const child = spawn(pad.java, args, { detached: true, stdio: ["ignore", out, out], env: plainEnvironment() });
  closeSync(out);
  await once(child, "spawn");
  remember(dir, node.name, child.pid as number);
  child.unref();
}

/** HBase writes its whole environment into its log, and ours may hold passwords. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return { ...Object.fromEntries(kept), MALLOC_ARENA_MAX: "2" };
}

/** Options of Java that every program of the cluster gets. The mark comes first: the process is found again by it. */
function jvm({ settings: { dir }, classpath }: Launchpad, name: string): string[] {
  return [
    ...[markOf(dir, name), `-Dbraid.cluster.log=${join(dir, "log", `${name}.log`)}`],
    `-Dlog4j2.configurationFile=${join(dir, "conf", "log4j2.properties")}`,
    ...["-Djava.net.preferIPv4Stack=true", "-Djava.awt.headless=true", `-Djava.io.tmpdir=${join(dir, "tmp")}`],
    ...["-XX:+ExitOnOutOfMemoryError", `-XX:ErrorFile=${join(dir, "log", `${name}.hs_err`)}`, "-XX:-UsePerfData"],
    ...OPENED,
    ...["-cp", `${join(dir, "conf")}:${classpath}`],
  ];
}

function program({ dir, heap, compiler }: ClusterSettings, { name, role, ports }: ClusterNode): string[] {
  const [first, second, third] = ports;
  const at = (key: string, port: number | undefined) => ["-D", `${key}=${IP}:${port}`];
  switch (role) {
    case "zookeeper":
      return ["-Xmx96m", ...SMALL, "org.apache.zookeeper.server.quorum.QuorumPeerMain", join(dir, "conf", `${name}.cfg`)];
    case "namenode":
      return ["-Xmx160m", ...SMALL, NAME_NODE];
    case "datanode":
      return [
        ...["-Xmx128m", ...SMALL, "org.apache.hadoop.hdfs.server.datanode.DataNode", "-D", `dfs.datanode.data.dir=file://${join(dir, "data", name)}`],
        ...[...at("dfs.datanode.address", first), ...at("dfs.datanode.ipc.address", second), ...at("dfs.datanode.http.address", third)],
        ...IMPATIENT.flatMap((setting) => ["-D", setting]),
      ];
    case "master":
      return [
        ...["-Xmx256m", "-XX:MaxDirectMemorySize=128m", ...SMALL, "org.apache.hadoop.hbase.master.HMaster"],
        ...["-D", `hbase.master.port=${first}`, "-D", `hbase.master.info.port=${second}`, "start"],
      ];
    case "regionserver":
      return [
        ...[`-Xmx${heap}`, "-XX:MaxDirectMemorySize=256m", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=50", "-Xss512k"],
        ...(compiler === "quick" ? [QUICK_COMPILER] : []),
        ...["org.apache.hadoop.hbase.regionserver.HRegionServer"],
        ...["-D", `hbase.regionserver.port=${first}`, "-D", `hbase.regionserver.info.port=${second}`, "start"],
      ];
    default:
      return role satisfies never;
  }
}

/** By default a block recovery that meets a dead DataNode next door tries ten times, a second apart, and recoveries go one after another. */
const IMPATIENT = ["ipc.client.connect.max.retries=0", "ipc.client.connect.timeout=2000", "ipc.client.connect.max.retries.on.timeouts=0"];

/** Once for each cluster. A format that was cut off is done again: the mark is written when it is complete, and nothing is in it before. */
async function formatOnce(pad: Launchpad): Promise<void> {
  const { dir } = pad.settings;
  const done = join(dir, "data", "formatted");
  if (existsSync(done)) return;
  const args = [...jvm(pad, "format"), ...SMALL, NAME_NODE, "-format", "-force", "-nonInteractive"];
  const child = spawn(pad.java, args, { stdio: ["ignore", "ignore", "ignore"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new ClusterError("failed", `HDFS could not be formatted:\n${tailOf(join(dir, "log", "format.log"))}`);
  writeFileSync(done, "");
}

/** Options of Java for a program of HBase or Hadoop, or a single Java file, that uses the cluster: its class path and configuration. It logs on stderr. */
export function clientOptions({ settings: { dir }, classpath }: Launchpad): readonly string[] {
  const console = `-Dlog4j2.configurationFile=${join(dir, "conf", "log4j2-console.properties")}`;
  return [console, "-Djava.net.preferIPv4Stack=true", ...OPENED, "-cp", `${join(dir, "conf")}:${classpath}`];
}

/** Runs such a program on this terminal. Its exit code. */
export async function runJava(pad: Launchpad, args: readonly string[]): Promise<number> {
  const [code] = await once(spawn(pad.java, [...SMALL, ...clientOptions(pad), ...args], { stdio: "inherit" }), "exit");
  return typeof code === "number" ? code : 1;
}
