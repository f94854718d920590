import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DirectoryLock, lockDirectory } from "./lock";

let dir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(dir, { recursive: true });
});

const attempts = (count: number) => Promise.allSettled(Array.from({ length: count }, () => lockDirectory(dir)));
const won = (results: PromiseSettledResult<DirectoryLock>[]) => results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));

/** A process that takes the lock, says `locked` or the code of its failure, and stays. */
async function locker(): Promise<[ChildProcess, string]> {
  const script = `import("./storage/lock.ts").then((m) => m.lockDirectory(process.argv[1])).then(() => "locked", (e) => e.code).then((w) => { console.log(w); setInterval(() => {}, 1e6); });`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", script, dir], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [said] = await once(child.stdout, "data");
  return [child, String(said).trim()];
}

test("a held directory is refused until it is released", async () => {
  const lock = await lockDirectory(dir);
  await expect(lockDirectory(dir)).rejects.toMatchObject({ code: "ELOCKED" });
  await lock.release();
  await (await lockDirectory(dir)).release();
});

test("the directory is made, and its path may be longer than a socket's", async () => {
  const deep = join(dir, "x".repeat(100), "y".repeat(100));
  const lock = await lockDirectory(deep);
  await expect(lockDirectory(deep)).rejects.toMatchObject({ code: "ELOCKED" });
  await lock.release();
});

test("of many starters exactly one wins, with or without the leavings of the dead", async () => {
  for (let round = 0; round < 5; round++) {
    const winners = won(await attempts(20));
    expect(winners).toHaveLength(1);
    await winners[0]?.release();
  }
});

test("at no moment two hold it, however starts and releases mix", async () => {
  let held = 0;
  let most = 0;
  const contend = async () => {
    for (let round = 0; round < 30; round++) {
      const lock = await lockDirectory(dir).catch(() => undefined);
      if (lock === undefined) continue;
      most = Math.max(most, ++held);
      await readdir(dir);
      held--;
      await lock.release();
    }
  };
  await Promise.all(Array.from({ length: 8 }, contend));
  expect(most).toBe(1);
});

test("nothing piles up in the directory", async () => {
  for (let round = 0; round < 5; round++) await (await lockDirectory(dir)).release();
  expect(await readdir(dir)).toEqual(["lock.5"]);
});

test("the lock of a killed process is free, of a living one not", async () => {
  const [child, said] = await locker();
  expect(said).toBe("locked");
  await expect(lockDirectory(dir)).rejects.toMatchObject({ code: "ELOCKED" });
  child.kill("SIGKILL");
  await once(child, "exit");
  await (await lockDirectory(dir)).release();
});

test("of processes starting together one wins", async () => {
  const said = (await Promise.all([locker(), locker(), locker()])).map(([, word]) => word);
  expect(said.sort()).toEqual(["ELOCKED", "ELOCKED", "locked"]);
});

test("a directory that cannot be made is an ordinary error", async () => {
  await mkdir(join(dir, "a"));
  await expect(lockDirectory("/dev/null/x")).rejects.toMatchObject({ code: "ENOTDIR" });
});
