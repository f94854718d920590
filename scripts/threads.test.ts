import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

/** More work for libuv's threads than there are, and then how many there are in all. */
const PROGRAM = `
  import { pbkdf2 } from "node:crypto";
  import { readdirSync } from "node:fs";
  for (let i = 0; i < 32; i++) pbkdf2("a", "b", 1_000, 64, "sha512", () => {});
  console.log(readdirSync("/proc/self/task").length);
`;

test.skipIf(process.platform !== "linux")("npm start has sixteen threads for disk and hashes", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const flags: string[] = scripts.start.split(" ").slice(1, -1);
  const program = join(mkdtempSync(join(tmpdir(), "braid-threads-")), "program.mjs");
  writeFileSync(program, PROGRAM);
  const { UV_THREADPOOL_SIZE: _, ...env } = process.env;
  expect(Number(execFileSync(process.execPath, [...flags, program], { env }))).toBeGreaterThanOrEqual(17);
});
