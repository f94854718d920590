import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The floor: appends of `bytes` and an fdatasync each, a second, on the same disk. What any durable store pays for one writer. */
export function rawSyncs(bytes: number, seconds: number): number {
  const dir = mkdtempSync(path.join(process.env.BENCH_DIR ?? tmpdir(), "braid-raw-"));
  const file = openSync(path.join(dir, "log"), "a");
  const data = Buffer.alloc(bytes, 7);
  const began = performance.now();
  let done = 0;
  for (; performance.now() - began < seconds * 1000; done++) {
    writeSync(file, data);
    fdatasyncSync(file);
  }
  closeSync(file);
  rmSync(dir, { recursive: true });
  return done / ((performance.now() - began) / 1000);
}
