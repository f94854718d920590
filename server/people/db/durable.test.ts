import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { databaseTemplate } from "../../../testkit/database-template";

const hasStrace = spawnSync("strace", ["-V"]).status === 0;

/** System calls of a process that reads once and inserts once, oldest first, as `name(fd<path>...`. */
async function trace(): Promise<string[]> {
  const dir = mkdtempSync(join(tmpdir(), "braid-strace-"));
  try {
    const calls = join(dir, "calls");
    const strace = ["-f", "-y", "-o", calls, "-e", "trace=write,pwrite64,pwritev,writev,fsync,fdatasync", "--", process.execPath];
    await promisify(execFile)("strace", [...strace, "--import", "tsx", "testkit/insert-once.ts", join(dir, "data"), await databaseTemplate()]);
    return readFileSync(calls, "utf8").split("\n");
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const between = (calls: readonly string[], from: string, to: string) => {
  const at = (word: string) => calls.findIndex((call) => call.includes(`"${word}\\n"`));
  return calls.slice(at(from) + 1, at(to));
};
const isWalWrite = (call: string) => /p?write(?:v|64)?\(\d+<[^>]*\/pg_wal\//.test(call);
const isWalSync = (call: string) => /fdatasync\(\d+<[^>]*\/pg_wal\/[^>]*>(?:\) += 0| <unfinished)/.test(call);

test.skipIf(!hasStrace)("strace: an insert is answered after its WAL was synced, once, and a read syncs nothing", { timeout: 60_000 }, async () => {
  const calls = await trace();
  const insert = between(calls, "inserting", "done");
  expect(insert.filter(isWalWrite).length).toBeGreaterThan(0);
  expect(insert.findLastIndex(isWalSync)).toBeGreaterThan(insert.findLastIndex(isWalWrite));
  expect(insert.filter(isWalSync)).toHaveLength(1);
  expect(between(calls, "reading", "inserting").filter((call) => /sync\(/.test(call))).toEqual([]);
});
