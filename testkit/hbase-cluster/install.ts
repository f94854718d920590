import { spawnSync } from "node:child_process";
import { ClusterError } from "./error";
import { findJava } from "./java";

type Say = (line: string) => void;

/** One name after the other until one can be installed: newer Debians have no JDK 17. */
const JDKS = ["openjdk-17-jdk-headless", "default-jdk-headless"];
const APT = ["-o", "DPkg::Lock::Timeout=300", "-qq"];

/** Gets Java and Maven by Debian packages where that is possible, else ends with a sentence about what to install. */
export function requireTools(env: NodeJS.ProcessEnv, say: Say, isRoot = process.getuid?.() === 0): void {
  const missing = [...(lacks(() => findJava(env)) ? [JDKS] : []), ...(hasMaven(env) ? [] : [["maven"]])];
  if (missing.length > 0 && isRoot && hasCommand("apt-get", env)) aptInstall(missing, env, say);
  findJava(env);
  if (!hasMaven(env)) throw new ClusterError("missing", "There is no Maven on this machine. Install it (Debian and Ubuntu: apt-get install maven).");
}

function aptInstall(missing: readonly (readonly string[])[], env: NodeJS.ProcessEnv, say: Say): void {
  const apt = (...args: string[]) => spawnSync("apt-get", [...APT, ...args], { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, encoding: "utf8" });
  say(`This machine lacks ${missing.map(([name]) => name).join(" and ")}: installing.`);
  apt("update");
  for (const names of missing) {
    const outcomes = [];
    for (const name of names) {
      const { status, stderr } = apt("install", "-y", "--no-install-recommends", name);
      if (status === 0) break;
      outcomes.push(`${name} could not be installed: ${stderr.trim().split("\n").at(-1)}`);
    }
    if (outcomes.length === names.length) for (const outcome of outcomes) say(outcome);
  }
}

function lacks(find: () => void): boolean {
  try {
    find();
    return false;
  } catch (error) {
    if (error instanceof ClusterError) return true;
    throw error;
  }
}

const hasMaven = (env: NodeJS.ProcessEnv): boolean => Boolean(env.BRAID_CLUSTER_CLASSPATH?.trim()) || hasCommand("mvn", env);

const hasCommand = (name: string, env: NodeJS.ProcessEnv): boolean => spawnSync(name, ["--version"], { env }).error === undefined;
