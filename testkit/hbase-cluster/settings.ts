import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ClusterError } from "./error";
import { type Reader, readers } from "./variables";

/** How many of each part there are, and how they keep what they are told. Remembered in the cluster's folder at the first `up`. */
export interface ClusterSettings {
  /** Absolute path of everything the cluster writes. */
  readonly dir: string;
  /** First of 80 ports. */
  readonly portBase: number;
  readonly zookeepers: number;
  readonly dataNodes: number;
  /** Copies of each HDFS block. */
  readonly replication: number;
  readonly masters: number;
  readonly regionServers: number;
  /** Milliseconds a dead region server or master may go unseen. */
  readonly sessionMs: number;
  /** Whether the log of changes is synced before a change is acknowledged. */
  readonly hsync: boolean;
  /** What HDFS adds to the files of HBase; see configuration.ts. */
  readonly checksum: "NULL" | "CRC32C";
  /** Heap of a region server as Java writes it: 512m. */
  readonly heap: string;
  /**
   * How far Java compiles what a region server runs: `full` gives half as much again in the end, and for many minutes takes a core to get there; `quick` is for
   * clusters that do not live so long.
   */
  readonly compiler: "quick" | "full";
  /** More properties for hbase-site.xml; they win over ours. */
  readonly site: Readonly<Record<string, string>>;
}

export type Choices = Partial<Omit<ClusterSettings, "dir">>;

export const DEFAULT_DIR = "data/cluster";
export const DEFAULT_PORT = 20_600;
const SETTINGS_FILE = "settings.json";

const READERS: { readonly [K in keyof Choices]-?: readonly [variable: string, read: Reader<Choices[K]>] } = {
  portBase: ["BRAID_CLUSTER_PORT", readers.whole(1_024, 65_455)],
  zookeepers: ["BRAID_CLUSTER_ZOOKEEPERS", readers.oneOf(1, 3)],
  dataNodes: ["BRAID_CLUSTER_DATANODES", readers.oneOf(1, 2, 3)],
  replication: ["BRAID_CLUSTER_REPLICATION", readers.oneOf(1, 2, 3)],
  masters: ["BRAID_CLUSTER_MASTERS", readers.oneOf(1, 2)],
  regionServers: ["BRAID_CLUSTER_REGIONSERVERS", readers.oneOf(1, 2, 3)],
  sessionMs: ["BRAID_CLUSTER_SESSION_MS", readers.whole(1_000, 60_000)],
  hsync: ["BRAID_CLUSTER_HSYNC", readers.flag],
  checksum: ["BRAID_CLUSTER_CHECKSUM", readers.oneOf("NULL", "CRC32C")],
  heap: ["BRAID_CLUSTER_HEAP", readers.heap],
  compiler: ["BRAID_CLUSTER_COMPILER", readers.oneOf("quick", "full")],
  site: ["BRAID_CLUSTER_SITE", readers.site],
};
/** Read elsewhere: the folder by main.ts, how Java and Maven are called by java.ts and classpath.ts. */
const OTHERS = ["BRAID_CLUSTER", "BRAID_CLUSTER_MAVEN_ARGS", "BRAID_CLUSTER_CLASSPATH"];

/** What the environment chooses. An empty variable counts as absent; a wrong one, or one that does not exist, ends with a sentence. */
export function choicesOf(env: NodeJS.ProcessEnv): Choices {
  const known = [...OTHERS, ...Object.values(READERS).map(([variable]) => variable)];
  const stranger = Object.keys(env).find((name) => /^BRAID_CLUSTER(_|$)/.test(name) && !known.includes(name));
  if (stranger !== undefined) throw new ClusterError("usage", `There is no setting ${stranger}; is it misspelt? There are ${known.join(", ")}.`);
  const given = Object.entries(READERS).flatMap(([key, [variable, read]]) => {
    const text = env[variable]?.trim();
    return text ? [[key, read(variable, text)]] : [];
  });
  return Object.fromEntries(given);
}

/** The settings of the folder: what was chosen now, else what it remembers, else the defaults. */
export function settle(dir: string, choices: Choices, remembered: Choices = {}): ClusterSettings {
  const path = resolve(dir);
  if (/[\s:,]/.test(path)) throw new ClusterError("usage", `The folder of a cluster may have no white space, colon or comma in its path: ${path}`);
  refuseChanges(path, choices, remembered);
  const merged = { ...DEFAULTS, ...remembered, ...choices };
  const settings = { ...merged, replication: merged.replication ?? Math.min(2, merged.dataNodes), dir: path };
  if (settings.replication > settings.dataNodes)
    throw new ClusterError("usage", `${settings.replication} copies of each block need as many DataNodes, and there are ${settings.dataNodes}.`);
  return settings;
}

const DEFAULTS = {
  portBase: DEFAULT_PORT,
  zookeepers: 1,
  dataNodes: 2,
  replication: undefined,
  masters: 1,
  regionServers: 2,
  sessionMs: 4_000,
  hsync: true,
  checksum: "NULL",
  heap: "512m",
  compiler: "full",
  site: {},
} as const;

/** The address of HDFS is written in the data, and a part that is left out would take its share of the data with it. */
function refuseChanges(dir: string, choices: Choices, remembered: Choices): void {
  const [base, zookeepers] = [remembered.portBase, remembered.zookeepers];
  const refuse = (words: string) => {
    throw new ClusterError(
      "usage",
      `The cluster in ${dir} was made with ${words}. Keep that, take another folder with BRAID_CLUSTER, or \`down\` and \`wipe\` first.`,
    );
  };
  if (base !== undefined && choices.portBase !== undefined && choices.portBase !== base) refuse(`port ${base}`);
  if (zookeepers !== undefined && choices.zookeepers !== undefined && choices.zookeepers !== zookeepers) refuse(`ZooKeepers: ${zookeepers}`);
  const counts = { dataNodes: "DataNodes", masters: "masters", regionServers: "region servers" } as const;
  for (const key of ["dataNodes", "masters", "regionServers"] as const) {
    const [before, now] = [remembered[key], choices[key]];
    if (before !== undefined && now !== undefined && now < before) refuse(`${counts[key]}: ${before}`);
  }
}

/** What the folder was made with, if it ever was. */
export function remembered(dir: string): Choices | undefined {
  try {
    return JSON.parse(readFileSync(join(dir, SETTINGS_FILE), "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new ClusterError("failed", `${join(dir, SETTINGS_FILE)} cannot be read. Remove the folder to start afresh.`);
  }
}

export function toRemember({ dir: _, ...choices }: ClusterSettings): { readonly file: string; readonly text: string } {
  return { file: SETTINGS_FILE, text: `${JSON.stringify(choices, null, 2)}\n` };
}
