import { join } from "node:path";
import { type DirectoryLock, LockedError, lockDirectory } from "@/storage/lock";
import { ClusterError } from "./error";

const EVERY = 100;
const PATIENCE = 180_000;

/** Does the work while no other command changes the same cluster. Waits for the other one, three minutes at most. */
export async function alone<T>(dir: string, say: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const lock = await acquire(dir, say);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function acquire(dir: string, say: (line: string) => void): Promise<DirectoryLock> {
  const began = performance.now();
  for (let attempt = 0; performance.now() - began < PATIENCE; attempt++) {
    try {
      return await lockDirectory(join(dir, "lock"));
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      if (attempt === 10) say(`Another command works on ${dir}; waiting for it.`);
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }
  throw new ClusterError("failed", `Another command works on ${dir} and has not finished for ${PATIENCE / 60_000} minutes.`);
}
