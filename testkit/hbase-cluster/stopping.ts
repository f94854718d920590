import { type ClusterNode, ofRole, type Role } from "./nodes";
import { pidOf, signal } from "./processes";

/** Who writes stops before what it writes to. */
const ORDER: readonly Role[] = ["regionserver", "master", "datanode", "namenode", "zookeeper"];
/** A polite stop may take this long, ms. */
const POLITE = 20_000;

type Say = (line: string) => void;

/** SIGTERM to one role after the other, SIGKILL to whoever is still there after twenty seconds. */
export async function stopInOrder(dir: string, nodes: readonly ClusterNode[], say: Say): Promise<void> {
  for (const role of ORDER) await stop(dir, ofRole(nodes, role), say);
}

async function stop(dir: string, nodes: readonly ClusterNode[], say: Say): Promise<void> {
  const running = nodes.filter(({ name }) => pidOf(dir, name) !== undefined);
  if (running.length === 0) return;
  for (const { name } of running) {
    send(dir, name, "SIGTERM");
    send(dir, name, "SIGCONT"); // one that is paused would hear nothing
  }
  const late = await waitGone(dir, running, POLITE);
  killAtOnce(dir, late);
  await waitGone(dir, late, POLITE);
  for (const { name } of running)
    say(late.some((node) => node.name === name) ? `${name} did not stop within 20 seconds and was killed.` : `${name} has stopped.`);
}

/** SIGKILL to all of them at the same moment: all ids are looked up before the first signal. How many there were. */
export function killAtOnce(dir: string, nodes: readonly ClusterNode[]): number {
  const pids = nodes.flatMap(({ name }) => pidOf(dir, name) ?? []);
  for (const pid of pids) signal(pid, "SIGKILL");
  return pids.length;
}

export function send(dir: string, name: string, what: NodeJS.Signals): boolean {
  const pid = pidOf(dir, name);
  return pid !== undefined && signal(pid, what);
}

/** Those that are still there after `within` ms. */
export async function waitGone(dir: string, nodes: readonly ClusterNode[], within: number): Promise<readonly ClusterNode[]> {
  const began = performance.now();
  for (;;) {
    const left = nodes.filter(({ name }) => pidOf(dir, name) !== undefined);
    if (left.length === 0 || performance.now() - began > within) return left;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
