import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { Downloads } from "./downloads";
import { ClusterError } from "./error";

const POM = join(import.meta.dirname, "pom.xml");
/** Kept beside what `npm start` remembers, so that a cluster in a new folder does not ask Maven again. */
const CACHE = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "braid");
const HOW = "Install Maven (Debian and Ubuntu: apt-get install maven), or name a file with a ready class path in BRAID_CLUSTER_CLASSPATH.";
/** A line of progress at most this often, ms. */
const EVERY = 5_000;

type Say = (line: string) => void;

/** All jars of ZooKeeper, HDFS and HBase, colon-separated. Maven is asked once for each content of pom.xml, and again when a jar has gone. */
export async function findClasspath(dir: string, env: NodeJS.ProcessEnv, say: Say): Promise<string> {
  const given = env.BRAID_CLUSTER_CLASSPATH?.trim();
  if (given) return complete(given) ?? fail(`BRAID_CLUSTER_CLASSPATH names ${given}, which is not a file of jars that are all there.`);
  const args = env.BRAID_CLUSTER_MAVEN_ARGS?.trim().split(/\s+/).filter(Boolean) ?? [];
  const key = createHash("sha1").update(readFileSync(POM)).update(args.join(" ")).digest("hex").slice(0, 12);
  const file = join(CACHE, `hbase-classpath.${key}`);
  const known = complete(file);
  if (known !== undefined) return known;
  mkdirSync(CACHE, { recursive: true });
  await askMaven(file, args, { dir, env, say });
  return complete(file) ?? fail("Maven has named jars that are not there.");
}

function complete(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const jars = readFileSync(file, "utf8").trim();
  return jars !== "" && jars.split(":").every((jar) => existsSync(jar)) ? jars : undefined;
}

async function askMaven(file: string, args: readonly string[], { dir, env, say }: { dir: string; env: NodeJS.ProcessEnv; say: Say }): Promise<void> {
  say("Maven collects the jars of ZooKeeper, Hadoop and HBase. What is not here yet it downloads, about 160 MB the first time.");
  const making = `${file}.${process.pid}`;
  const goal = ["dependency:build-classpath", `-Dmdep.outputFile=${making}`];
  const { code, downloads } = await run(["-B", "-f", POM, ...args, ...goal], join(dir, "maven.log"), { env, say });
  if (code !== 0) fail(`Maven could not collect the jars:\n${downloads.trouble()}\nAll it said is in ${join(dir, "maven.log")}.`);
  renameSync(making, file);
  if (downloads.files > 0) say(`Maven has downloaded ${downloads.inWords()}.`);
}

/** Maven's own lines go to the log; what they tell about downloads becomes a line now and then. */
function run(args: string[], log: string, { env, say }: { env: NodeJS.ProcessEnv; say: Say }): Promise<{ code: number; downloads: Downloads }> {
  const downloads = new Downloads();
  const child = spawn("mvn", args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const file = createWriteStream(log);
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    stream.setEncoding("utf8").on("data", (text: string) => downloads.read(text));
  }
  const timer = setInterval(() => say(downloads.files === 0 ? "  Maven is working" : `  Maven has downloaded ${downloads.inWords()} so far`), EVERY);
  return new Promise((resolve, reject) => {
    child.once("error", () => reject(new ClusterError("missing", `There is no Maven on this machine. ${HOW}`)));
    child.once("close", (code) => resolve({ code: code ?? 1, downloads }));
    child.once("close", () => file.end());
  }).finally(() => clearInterval(timer)) as Promise<{ code: number; downloads: Downloads }>;
}

function fail(sentence: string): never {
  throw new ClusterError("failed", sentence);
}
