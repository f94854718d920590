import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptSecret } from "./secret";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "secret-"));
});
afterEach(() => rm(dir, { recursive: true }));

test("is made once, is unguessable, and stays", async () => {
  const secret = await keptSecret(join(dir, "data"), randomBytes);
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(await keptSecret(join(dir, "data"), randomBytes)).toBe(secret);
  expect(await keptSecret(join(dir, "other"), randomBytes)).not.toBe(secret);
});

test("is for its owner's eyes only, also when it was not", async () => {
  await keptSecret(dir, randomBytes);
  const mode = async () => (await stat(join(dir, "secret"))).mode & 0o777;
  expect(await mode()).toBe(0o600);
  await chmod(join(dir, "secret"), 0o644);
  await keptSecret(dir, randomBytes);
  expect(await mode()).toBe(0o600);
});

test("is the same for all that start at once, and nothing else is left", async () => {
  const secrets = await Promise.all(Array.from({ length: 10 }, () => keptSecret(dir, randomBytes)));
  expect(new Set(secrets).size).toBe(1);
  expect(await readdir(dir)).toEqual(["secret"]);
});

test("a damaged one is not used, and not replaced behind anyone's back", async () => {
  await writeFile(join(dir, "secret"), "");
  await expect(keptSecret(dir, randomBytes)).rejects.toThrow(/is not a secret of Braid/);
});
