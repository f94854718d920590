import { join, resolve } from "node:path";
import { HBaseCluster } from "./cluster";
import { ClusterError } from "./error";
import { runJava } from "./launch";
import { nodeNamed, nodesOf, quorumOf, seedsOf, storeUrlOf } from "./nodes";
import { choicesOf, DEFAULT_DIR, remembered, settle } from "./settings";
import { describe, startLine } from "./status";

type Say = (line: string) => void;

/** Runs one command and returns the exit code. Fails with ClusterError. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv, say: Say): Promise<number> {
  const [command = "help", ...rest] = args;
  if (command === "help" || command === "--help" || command === "-h") {
    say(HELP);
    return 0;
  }
  const known = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (known === undefined) throw new ClusterError("usage", `There is no command ${command}.\n\n${HELP}`);
  const dir = resolve(env.BRAID_CLUSTER?.trim() || DEFAULT_DIR);
  const made = remembered(dir);
  if (made === undefined && command !== "up") throw new ClusterError("usage", `There is no cluster in ${dir}. \`npm run cluster -- up\` makes one.`);
  return (await known(new HBaseCluster(settle(dir, choicesOf(env), made), say), rest, say)) ?? 0;
}

type Command = (cluster: HBaseCluster, args: readonly string[], say: Say) => Promise<number | undefined>;

const COMMANDS: Readonly<Record<string, Command>> = {
  up: async (cluster, _, say) => {
    say(`A cluster of ${cluster.nodes.length} processes, in ${cluster.dir}.`);
    const began = performance.now();
    await cluster.up();
    say(`HBase serves, after ${((performance.now() - began) / 1_000).toFixed(1)} s. ${startLine(cluster.settings)}`);
  },
  down: async (cluster, _, say) => {
    await cluster.down();
    say("Nothing of it runs any more. The data stays; `wipe` removes it.");
  },
  status: async (cluster, _, say) => {
    const { lines, serves } = await describe(cluster.settings);
    for (const line of lines) say(line);
    return serves ? 0 : 1;
  },
  crash: async (cluster, _, say) => {
    say(`${await cluster.crash()} processes were killed at once.`);
  },
  wipe: async (cluster, _, say) => {
    await cluster.wipe();
    say(`The data in ${cluster.dir} is gone.`);
  },
  kill: async (cluster, names, say) => {
    await cluster.kill(...atLeastOne(cluster, names));
    say(`${names.join(", ")}: killed.`);
  },
  start: async (cluster, names) => {
    for (const name of atLeastOne(cluster, names)) await cluster.start(name);
    await cluster.waitReady({ names });
  },
  stop: async (cluster, names) => {
    for (const name of atLeastOne(cluster, names)) await cluster.stop(name);
  },
  pause: async (cluster, names, say) => {
    for (const name of atLeastOne(cluster, names)) cluster.pause(name);
    say(`${names.join(", ")}: paused. Connections stay open and nothing is answered.`);
  },
  resume: async (cluster, names, say) => {
    for (const name of atLeastOne(cluster, names)) cluster.resume(name);
    say(`${names.join(", ")}: running again.`);
  },
  env: async ({ settings }, _, say) => {
    const nodes = nodesOf(settings);
    say(`BRAID_CLUSTER=${settings.dir}`);
    say(`BRAID_STORE=${storeUrlOf(nodes)}`);
    say(`HBASE_SEEDS=${seedsOf(nodes).join(",")}`);
    say(`HBASE_ZOOKEEPERS=${quorumOf(nodes)}`);
    say(`HBASE_CONF_DIR=${join(settings.dir, "conf")}`);
  },
  java: async (cluster, args) => {
    if (args.length === 0) throw new ClusterError("usage", "Which program? The name of a class, or a .java file.");
    return runJava(await cluster.launchpad(), args);
  },
};

function atLeastOne({ nodes }: HBaseCluster, names: readonly string[]): readonly string[] {
  for (const name of names.length === 0 ? [undefined] : names) nodeNamed(nodes, name);
  return names;
}

const HELP = `A real HBase on this machine: ZooKeeper, HDFS and HBase as processes of their own, on 127.0.0.1.

npm run cluster -- COMMAND
  up               starts what does not run, returns when all serve, and says how to start Braid on it
  down             stops everything politely; the data stays
  status           every process in words; exit code 0 when all serve
  start NAME...    starts these            stop NAME...     SIGTERM to these
  kill NAME...     SIGKILL to these        crash            SIGKILL to all at the same moment
  pause NAME...    SIGSTOP: they hang      resume NAME...   SIGCONT
  wipe             removes the data
  env              the addresses, as KEY=VALUE
  java CLASS ...   a program of HBase or Hadoop with the right jars and settings, as in
                   npm run cluster -- java org.apache.hadoop.hdfs.tools.DFSAdmin -report
Names: zk1.. nn dn1.. hm1.. rs1..

Settings (environment; the folder remembers them at the first up, a later one may raise the counts)
  BRAID_CLUSTER                folder of data, logs and settings         data/cluster
  BRAID_CLUSTER_PORT           the first of 80 ports                     20600
  BRAID_CLUSTER_ZOOKEEPERS     1 or 3                                    1
  BRAID_CLUSTER_DATANODES      1, 2 or 3                                 2
  BRAID_CLUSTER_REPLICATION    copies of each block                      2, or 1 with one DataNode
  BRAID_CLUSTER_MASTERS        1 or 2; the second is the standby         1
  BRAID_CLUSTER_REGIONSERVERS  1, 2 or 3                                 2
  BRAID_CLUSTER_SESSION_MS     how long a dead server goes unseen        4000
  BRAID_CLUSTER_HSYNC          false: acknowledge before the disk has it true
  BRAID_CLUSTER_CHECKSUM       HDFS checksums, NULL or CRC32C            NULL
  BRAID_CLUSTER_HEAP           heap of a region server                   512m
  BRAID_CLUSTER_COMPILER       Java's in region servers, quick or full   full
  BRAID_CLUSTER_SITE           file of more \`key value\` lines for hbase-site.xml
  BRAID_CLUSTER_MAVEN_ARGS     arguments for Maven
  BRAID_CLUSTER_CLASSPATH      file with a ready class path, instead of Maven
  JAVA_HOME                    the JDK to use`;
