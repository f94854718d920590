import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { nodesOf } from "./nodes";
import { markOf, ownerOf, pidOf, processOf, remember } from "./processes";
import { settle } from "./settings";
import { killAtOnce, send, stopInOrder, waitGone } from "./stopping";

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "braid-processes-"));
  mkdirSync(join(dir, "pid"));
  return dir;
};

/** A process with the mark of a node that does nothing; Java is not needed to see it found, stopped and killed. */
async function pretend(dir: string, name: string, script = "setInterval(() => {}, 1000)"): Promise<number> {
  const child = spawn(process.execPath, ["-e", `${script}; console.log(1)`, "--", markOf(dir, name)], { stdio: ["ignore", "pipe", "ignore"] });
  started.push(child);
  await once(child.stdout as NodeJS.ReadableStream, "data");
  remember(dir, name, child.pid as number);
  return child.pid as number;
}

test("a node is found by its file and its mark; a stranger with the same id is not it", async () => {
  const dir = folder();
  expect(pidOf(dir, "rs1")).toBeUndefined();
  const pid = await pretend(dir, "rs1");
  expect(pidOf(dir, "rs1")).toBe(pid);
  expect(ownerOf(pid)).toBe(`rs1 of the cluster in ${dir} (process ${pid})`);
  remember(dir, "rs2", pid);
  expect(pidOf(dir, "rs2")).toBeUndefined();
  remember(dir, "rs3", process.pid);
  expect(pidOf(dir, "rs3")).toBeUndefined();
});

test("a paused node is seen as such, and runs on when it is resumed", async () => {
  const dir = folder();
  await pretend(dir, "dn1");
  expect(processOf(dir, "dn1")).toMatchObject({ paused: false });
  expect(processOf(dir, "dn1")?.rss).toBeGreaterThan(1_000_000);
  send(dir, "dn1", "SIGSTOP");
  await vi.waitFor(() => expect(processOf(dir, "dn1")).toMatchObject({ paused: true }));
  send(dir, "dn1", "SIGCONT");
  await vi.waitFor(() => expect(processOf(dir, "dn1")).toMatchObject({ paused: false }));
});

test("several are killed at the same moment, and those that are down already do not matter", async () => {
  const settings = settle(folder(), {});
  const nodes = nodesOf(settings);
  for (const name of ["nn", "dn1", "rs1"]) await pretend(settings.dir, name);
  expect(killAtOnce(settings.dir, nodes)).toBe(3);
  expect(await waitGone(settings.dir, nodes, 5_000)).toEqual([]);
});

test("a polite stop goes from writers to what they write to, and reaches a paused node", async () => {
  const settings = settle(folder(), {});
  for (const name of ["zk1", "nn", "dn1", "dn2", "hm1", "rs1"]) await pretend(settings.dir, name);
  send(settings.dir, "dn2", "SIGSTOP");
  const said: string[] = [];
  await stopInOrder(settings.dir, nodesOf(settings), (line) => said.push(line));
  expect(said.map((line) => line.split(" ")[0])).toEqual(["rs1", "hm1", "dn1", "dn2", "nn", "zk1"]);
  expect(said[0]).toBe("rs1 has stopped.");
});

test("a cluster that belongs to a process dies with it, and its temporary folder goes", async () => {
  const dir = folder();
  await pretend(dir, "rs1");
  await pretend(dir, "zk1");
  const guard = JSON.stringify(join(import.meta.dirname, "guard.ts"));
  const script = `import(${guard}).then(({ guard }) => { guard(${JSON.stringify(dir)}, true); console.log("on guard"); setInterval(() => {}, 1000); })`;
  const owner = spawn(process.execPath, ["--import", "tsx", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  started.push(owner);
  await once(owner.stdout, "data");
  expect(pidOf(dir, "rs1")).toBeDefined();
  owner.kill("SIGKILL");
  await vi.waitFor(() => expect([pidOf(dir, "rs1"), pidOf(dir, "zk1"), existsSync(dir)]).toEqual([undefined, undefined, false]), { timeout: 15_000 });
});
