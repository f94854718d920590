import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export const freshDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), "braid-store-"));

/** A directory that goes when the test does. */
export async function directoryOfTest(): Promise<string> {
  const dir = await freshDirectory();
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
