import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The processes of a cluster outlive the command that started them. They are found again by a file with their id, and by a mark on their
 * command line: an id alone may meanwhile be somebody else's.
 */
export interface Process {
  readonly pid: number;
  /** Stopped by SIGSTOP. */
  readonly paused: boolean;
  /** Memory it occupies, bytes. */
  readonly rss: number;
}

const MARK = "-Dbraid.cluster.node=";
export const markOf = (dir: string, name: string): string => `${MARK}${name}:${dir}`;
export const pidFile = (dir: string, name: string): string => join(dir, "pid", name);

export function remember(dir: string, name: string, pid: number): void {
  writeFileSync(pidFile(dir, name), `${pid}\n`);
}

/** Cheap, so that a whole cluster can be looked up just before it is killed. */
export function pidOf(dir: string, name: string): number | undefined {
  const pid = Number(readOr(pidFile(dir, name), ""));
  return pid > 0 && argumentsOf(pid)?.includes(markOf(dir, name)) ? pid : undefined;
}

export function processOf(dir: string, name: string): Process | undefined {
  const pid = pidOf(dir, name);
  return pid === undefined ? undefined : { pid, ...figuresOf(pid) };
}

/** False when the process has ended meanwhile. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

/** Whose process this is, in words for somebody who finds it in the way; undefined of one that is ending, which has no arguments any more. */
export function ownerOf(pid: number): string | undefined {
  const all = argumentsOf(pid);
  if (all?.[0] === "") return undefined;
  const mark = all?.find((argument) => argument.startsWith(MARK));
  const [, node, dir] = /^([^:]+):(.*)$/.exec(mark?.slice(MARK.length) ?? "") ?? [];
  if (node !== undefined) return `${node} of the cluster in ${dir} (process ${pid})`;
  const program = all?.[0]?.split("/").at(-1) ?? "a program";
  return `${program} (process ${pid})`;
}

/** Empty for a process that has ended and that nobody has taken notice of yet, as it should be: it is dead. */
function argumentsOf(pid: number): readonly string[] | undefined {
  if (process.platform !== "linux") return ps(pid, "args=").split(/\s+/);
  return readOr(`/proc/${pid}/cmdline`, undefined)?.split("\0");
}

function figuresOf(pid: number): { paused: boolean; rss: number } {
  const status = readOr(`/proc/${pid}/status`, "");
  const [, state = "", kilobytes = "0"] = /State:\s+(\S).*VmRSS:\s+(\d+)/s.exec(status) ?? /(\S+)\s+(\d+)/.exec(status || ps(pid, "stat=,rss=")) ?? [];
  return { paused: state.startsWith("T"), rss: Number(kilobytes) * 1_024 };
}

/** For systems without /proc. */
const ps = (pid: number, columns: string): string => spawnSync("ps", ["-ww", "-o", columns, "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";

function readOr<T>(path: string, otherwise: T): string | T {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}
