import { StoreError } from "../../contract";

/** Adds to a counter as the contract defines it: 64-bit big-endian two's complement, absent is 0, wraps around. */
export function addTo(counter: Buffer | undefined, by: bigint): Buffer {
  if (counter !== undefined && counter.length !== 8) throw new StoreError("bad-request", `A counter has 8 bytes, this cell has ${counter.length}.`);
  const sum = Buffer.alloc(8);
  sum.writeBigInt64BE(BigInt.asIntN(64, (counter?.readBigInt64BE() ?? 0n) + by));
  return sum;
}
