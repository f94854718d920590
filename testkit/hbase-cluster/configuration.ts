import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { log4j, METRICS, zooConfig } from "./files";
import { nodesOf, ofRole } from "./nodes";
import { type ClusterSettings, toRemember } from "./settings";
import { coreSite, hbaseSite, hdfsSite, type Properties } from "./sites";

/**
 * The pages of Hadoop's and HBase's web servers are not in the jars. The servers want their directories all the same; empty ones leave
 * /jmx, which tells whether all is ready.
 */
const WEB = ["webapps/hdfs", "webapps/datanode", "webapps/static", "hbase-webapps/master", "hbase-webapps/regionserver", "hbase-webapps/static"];
const FOLDERS = ["conf", "data", "log", "pid", "tmp", ...WEB.map((path) => join("conf", path))];

/** Writes everything the nodes read when they start. A node that runs keeps what it has read. */
export function writeConfiguration(settings: ClusterSettings): void {
  for (const folder of FOLDERS) mkdirSync(join(settings.dir, folder), { recursive: true });
  for (const [path, text] of Object.entries(filesOf(settings))) replace(join(settings.dir, path), text);
  const alone = settings.zookeepers === 1;
  for (const { name, number } of ofRole(nodesOf(settings), "zookeeper")) {
    const myid = join(settings.dir, "data", name, "myid");
    if (!alone && !existsSync(myid)) replace(myid, `${number}\n`);
  }
  const { file, text } = toRemember(settings);
  replace(join(settings.dir, file), text);
}

function filesOf(settings: ClusterSettings): Record<string, string> {
  const zookeepers = ofRole(nodesOf(settings), "zookeeper");
  return {
    "conf/core-site.xml": xml(coreSite(settings)),
    "conf/hdfs-site.xml": xml(hdfsSite(settings)),
    "conf/hbase-site.xml": xml({ ...hbaseSite(settings), ...settings.site }),
    "conf/hadoop-metrics2.properties": METRICS,
    "conf/hadoop-metrics2-hbase.properties": METRICS,
    "conf/log4j2.properties": log4j("file"),
    "conf/log4j2-console.properties": log4j("console"),
    ...Object.fromEntries(zookeepers.map((node) => [`conf/${node.name}.cfg`, zooConfig(settings, node)])),
  };
}

export function xml(properties: Properties): string {
  const lines = Object.entries(properties).map(
    ([name, value]) => `  <property><name>${escaped(name)}</name><value>${escaped(String(value))}</value></property>`,
  );
  return `<?xml version="1.0"?>\n<configuration>\n${lines.join("\n")}\n</configuration>\n`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A node that starts meanwhile reads the old text or the new one, never half of it. */
function replace(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
