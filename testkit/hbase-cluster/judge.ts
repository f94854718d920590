import type { ClusterNode } from "./nodes";
import type { Seen } from "./picture";
import type { ClusterSettings } from "./settings";

export type NodeState = "serves" | "starts" | "paused" | "down";

export interface Judged {
  readonly node: ClusterNode;
  readonly state: NodeState;
  /** What it is to the others: leader, active, has meta. */
  readonly note: string;
}

export interface Verdict {
  readonly nodes: readonly Judged[];
  /** Why the cluster as a whole does not serve, in words; empty when it does. */
  readonly missing: readonly string[];
}

/** What the answers of all nodes mean together. */
export function judge(settings: ClusterSettings, picture: readonly Seen[]): Verdict {
  const active = activeOf(picture);
  const nodes = picture.map((seen) => ({ node: seen.node, ...judgeNode(seen, active) }));
  const idle = idleInWords(nodes);
  return { nodes, missing: idle.length > 0 ? idle : whole(settings, picture, active) };
}

export const STATE_WORDS: Readonly<Record<NodeState, string>> = {
  serves: "serves",
  starts: "runs and does not serve yet",
  paused: "is paused",
  down: "is down",
};
const OF_MANY: Readonly<Record<NodeState, string>> = { serves: "serve", starts: "run and do not serve yet", paused: "are paused", down: "are down" };

/** Those that do not serve, one sentence for each way not to. */
export function idleInWords(nodes: readonly Judged[]): string[] {
  return (["down", "paused", "starts"] as const).flatMap((state) => {
    const names = nodes.filter((judged) => judged.state === state).map(({ node }) => node.name);
    return names.length === 0 ? [] : [`${names.join(", ")} ${names.length === 1 ? STATE_WORDS[state] : OF_MANY[state]}`];
  });
}

export const activeOf = (picture: readonly Seen[]): Seen | undefined => picture.find(({ master }) => master?.active && master.initialised);

function judgeNode(seen: Seen, active: Seen | undefined): { state: NodeState; note: string } {
  if (seen.process === undefined) return { state: "down", note: "" };
  if (seen.process.paused) return { state: "paused", note: "" };
  const { mode, hdfs, registered, master, server } = seen;
  if (mode !== undefined) return { state: "serves", note: mode === "standalone" ? "" : mode };
  if (hdfs !== undefined) return { state: hdfs.operational ? "serves" : "starts", note: hdfs.operational ? "" : "safe mode" };
  if (registered !== undefined) return { state: registered ? "serves" : "starts", note: "" };
  if (master?.active) return { state: master.initialised ? "serves" : "starts", note: "active" };
  if (master !== undefined) return { state: active === undefined ? "starts" : "serves", note: "standby" }; // it may be about to become active
  if (server !== undefined) return judgeServer(server, active);
  return { state: "starts", note: "" };
}

/** Without a master nobody can tell but the regions themselves. */
function judgeServer({ name, regions, meta }: NonNullable<Seen["server"]>, active: Seen | undefined): { state: NodeState; note: string } {
  const belongs = active?.master === undefined ? regions > 0 : active.master.servers.includes(name);
  const note = `${regions} ${regions === 1 ? "region" : "regions"}${meta ? ", hbase:meta among them" : ""}`;
  return { state: belongs ? "serves" : "starts", note };
}

/** Every node serves. Does the cluster? */
function whole({ dataNodes }: ClusterSettings, picture: readonly Seen[], active: Seen | undefined): string[] {
  const live = picture.find(({ hdfs }) => hdfs !== undefined)?.hdfs?.live ?? 0;
  const master = active?.master;
  return [
    ...(live < dataNodes ? [`HDFS hears ${live} of ${dataNodes} DataNodes`] : []),
    ...(master === undefined ? ["no master is active"] : []),
    ...(master !== undefined && master.recovering > 0 ? [`dead region servers are being recovered: ${master.recovering}`] : []),
    ...(master !== undefined && master.inTransition > 0 ? [`regions are on their way: ${master.inTransition}`] : []),
  ];
}
