import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ClusterError } from "./error";

/** HBase 2.6 was tried here with 17; its makers name 11 and 17, and 21 may do. */
const TRIED = ["11", "17", "21"];
const HOW = "Install a JDK 17 (Debian and Ubuntu: apt-get install openjdk-17-jdk-headless), or set JAVA_HOME to one.";

/** The `java` to run, or a sentence about what is missing. */
export function findJava(env: NodeJS.ProcessEnv): string {
  const home = env.JAVA_HOME?.trim();
  const java = home ? join(home, "bin", "java") : "java";
  if (home && !existsSync(java)) throw new ClusterError("missing", `JAVA_HOME names ${home}, and there is no bin/java in it. ${HOW}`);
  const { error, stderr } = spawnSync(java, ["-XshowSettings:properties", "-version"], { encoding: "utf8", env });
  if (error) throw new ClusterError("missing", `There is no Java on this machine. ${HOW}`);
  const version = /java\.specification\.version = (\S+)/.exec(stderr)?.[1] ?? "of unknown version";
  if (!TRIED.includes(version)) throw new ClusterError("missing", `${java} is Java ${version}, and HBase 2.6 runs on ${TRIED.join(", ")}. ${HOW}`);
  return java;
}

const OPEN = ["java.io", "java.nio", "java.lang", "java.lang.reflect", "java.net", "java.text", "java.util", "java.util.concurrent"];
const OPEN_TOO = ["java.util.concurrent.atomic", "sun.nio.ch", "jdk.internal.ref", "jdk.internal.misc"];

/** Hadoop and HBase reach into the JDK, which newer ones allow only when told. */
export const OPENED: readonly string[] = [
  ...[...OPEN, ...OPEN_TOO].flatMap((name) => ["--add-opens", `java.base/${name}=ALL-UNNAMED`]),
  ...["--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "--add-exports", "java.security.jgss/sun.security.krb5=ALL-UNNAMED"],
  "-Dorg.apache.hbase.thirdparty.io.netty.tryReflectionSetAccessible=true",
];
