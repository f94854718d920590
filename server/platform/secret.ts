import { chmod, link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Random } from "@/domain/id";

const FILE = "secret";
const BYTES = 32;

/**
 * The secret that signs sessions, made once and kept in the data directory, readable by its owner only. Losing it signs everyone out. When
 * two processes make it at once, both get the one that came first.
 */
export async function keptSecret(dir: string, random: Random): Promise<string> {
  const path = join(dir, FILE);
  await mkdir(dir, { recursive: true });
  const kept = (await read(path)) ?? (await make(dir, path, random));
  if (!/^[0-9a-f]{64}$/.test(kept))
    throw new Error(`${path} is not a secret of Braid. Restore it, or remove it to make a new one: everyone will be signed out.`);
  await chmod(path, 0o600);
  return kept;
}

async function make(dir: string, path: string, random: Random): Promise<string> {
  const draft = `${path}.${hex(random(8))}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(hex(random(BYTES)));
    await file.sync();
    await link(draft, path).catch((error) => (hasCode(error, "EEXIST") ? undefined : Promise.reject(error)));
  } finally {
    await file.close();
    await rm(draft);
  }
  await syncDirectory(dir);
  return readFile(path, "utf8");
}

const read = (path: string): Promise<string | undefined> =>
  readFile(path, "utf8").catch((error) => (hasCode(error, "ENOENT") ? undefined : Promise.reject(error)));

async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  await handle.sync().finally(() => handle.close());
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && "code" in error && error.code === code;
