import { join } from "node:path";
import { ClusterError } from "./error";
import { idleInWords, judge, type Verdict } from "./judge";
import { type ClusterNode, ROLE_WORDS } from "./nodes";
import { look, type Seen } from "./picture";
import { isListening } from "./ports";
import { pidOf } from "./processes";
import type { ClusterSettings } from "./settings";
import { tailOf } from "./tail";

const EVERY = 400;
const TELL_EVERY = 10_000;
/** The longest wait for a leader, ms: a session runs out, and another takes over. */
const SEEK_WITHIN = 60_000;

export interface Waiting {
  readonly settings: ClusterSettings;
  /** Milliseconds. */
  readonly within: number;
  /** Whose states matter; all nodes and the cluster as a whole by default. */
  readonly only?: readonly ClusterNode[];
  /** Hears of the nodes that serve, again and again. */
  readonly onServes: (node: ClusterNode) => void;
  /** Hears every ten seconds what is still missing. */
  readonly onMissing: (words: string) => void;
}

/** Returns when the nodes serve. Ends at once when one of them has died, and after `within` with the words of what is missing. */
export async function waitUntilServing({ settings, within, only, onServes, onMissing }: Waiting): Promise<void> {
  const began = performance.now();
  let told = began;
  for (;;) {
    const picture = await look(settings);
    const verdict = judge(settings, picture);
    for (const { node, state } of verdict.nodes) if (state === "serves" && matters(node, only)) onServes(node);
    if (isServing(verdict, only)) return;
    refuseDead(settings, picture, only);
    if (performance.now() - began > within)
      throw new ClusterError(
        "failed",
        `Within ${Math.round(within / 1_000)} s this was not reached: ${lacks(verdict, only)}. The logs are in ${join(settings.dir, "log")}.`,
      );
    if (performance.now() - told > TELL_EVERY) {
      onMissing(lacks(verdict, only));
      told = performance.now();
    }
    await pause();
  }
}

/** Returns when the first port of each listens. */
export async function waitUntilListening(settings: ClusterSettings, nodes: readonly ClusterNode[], within: number): Promise<void> {
  const began = performance.now();
  while (!(await Promise.all(nodes.map(({ port }) => isListening(port)))).every(Boolean)) {
    refuseDead(settings, await look(settings), nodes);
    if (performance.now() - began > within) throw new ClusterError("failed", `${nodes.map(({ name }) => name).join(", ")} did not listen in time.`);
    await pause();
  }
}

/** The name of the node that `find` points at, once there is one. */
export async function seek(settings: ClusterSettings, what: string, find: (picture: readonly Seen[]) => Seen | undefined): Promise<string> {
  const began = performance.now();
  for (;;) {
    const found = find(await look(settings));
    if (found !== undefined) return found.node.name;
    if (performance.now() - began > SEEK_WITHIN) throw new ClusterError("failed", `There has been no ${what} for ${SEEK_WITHIN / 1_000} seconds.`);
    await pause();
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, EVERY));

const matters = ({ name }: ClusterNode, only: readonly ClusterNode[] | undefined): boolean => only === undefined || only.some((node) => node.name === name);

function isServing({ nodes, missing }: Verdict, only: readonly ClusterNode[] | undefined): boolean {
  return only === undefined ? missing.length === 0 : nodes.every(({ node, state }) => state === "serves" || !matters(node, only));
}

/** Looked up once more: the picture takes a moment, and a node may just have been started. */
function refuseDead({ dir }: ClusterSettings, picture: readonly Seen[], only: readonly ClusterNode[] | undefined): void {
  const dead = picture.find(({ node, process }) => process === undefined && matters(node, only) && pidOf(dir, node.name) === undefined)?.node;
  if (dead === undefined) return;
  const log = join(dir, "log", `${dead.name}.log`);
  const said = tailOf(log) || tailOf(join(dir, "log", `${dead.name}.out`));
  throw new ClusterError("failed", `${dead.name}, a ${ROLE_WORDS[dead.role]}, is not running. The end of its log, ${log}:\n${said}`);
}

function lacks({ nodes, missing }: Verdict, only: readonly ClusterNode[] | undefined): string {
  return (only === undefined ? missing : idleInWords(nodes.filter(({ node }) => matters(node, only)))).join("; ");
}
