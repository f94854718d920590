import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes that are held, in the heap and beside it, once garbage is collected. */
export function heldBytes(): number {
  collect();
  collect(); // buffers of the first round are counted off in the second
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
