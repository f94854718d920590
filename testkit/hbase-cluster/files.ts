import { join } from "node:path";
import { type ClusterNode, IP, nodesOf, ofRole } from "./nodes";
import type { ClusterSettings } from "./settings";

/** Without this /jmx is up to ten seconds behind, and so would be whoever waits for the cluster. */
export const METRICS = "*.period=1\n";

export function zooConfig(settings: ClusterSettings, { name, port }: ClusterNode): string {
  const all = ofRole(nodesOf(settings), "zookeeper");
  const peers = all.length === 1 ? [] : all.map(({ number, ports: [, peer, election] }) => `server.${number}=${IP}:${peer}:${election}`);
  return `${[
    // A session times out in whole ticks, and no sooner than two.
    ...["tickTime=500", "initLimit=20", "syncLimit=10", "minSessionTimeout=1000", "maxSessionTimeout=60000", "maxClientCnxns=0"],
    ...[`dataDir=${join(settings.dir, "data", name)}`, `clientPort=${port}`, `clientPortAddress=${IP}`],
    ...["admin.enableServer=false", "4lw.commands.whitelist=srvr,ruok", "autopurge.snapRetainCount=3", "autopurge.purgeInterval=1"],
    "forceSync=yes", // what ZooKeeper has acknowledged is on the disk
    ...peers,
  ].join("\n")}\n`;
}

/** Nodes log to a file that is rolled; programs that are run beside them say only what goes wrong. */
export function log4j(to: "file" | "console"): string {
  const layout = (name: string) => [`appender.${name}.layout.type = PatternLayout`, `appender.${name}.layout.pattern = %d{ISO8601} %-5p [%t] %c{2}: %m%n`];
  return `${(to === "file" ? toFile(layout("f")) : toConsole(layout("c"))).join("\n")}\n`;
}

const toConsole = (layout: string[]): string[] => [
  ...["status = error", "appender.c.type = Console", "appender.c.name = c", "appender.c.target = SYSTEM_ERR", ...layout],
  ...["rootLogger.level = error", "rootLogger.appenderRef.c.ref = c"],
];

const toFile = (layout: string[]): string[] => [
  ...["status = warn", "appender.f.type = RollingFile", "appender.f.name = f", ...layout],
  ...[`appender.f.fileName = ${LOG}`, `appender.f.filePattern = ${LOG}.%i`],
  ...["appender.f.policies.type = Policies", "appender.f.policies.size.type = SizeBasedTriggeringPolicy", "appender.f.policies.size.size = 20MB"],
  ...["appender.f.strategy.type = DefaultRolloverStrategy", "appender.f.strategy.max = 3"],
  ...["rootLogger.level = info", "rootLogger.appenderRef.f.ref = f"],
  ...["logger.http.name = http.requests", "logger.http.level = warn"], // we ask /jmx all the time
];

/** log4j puts the system property in. */
const LOG = "$" + "{sys:braid.cluster.log}";
