import type { TableSchema } from "@/storage/wide-column/contract";

/** What every client of the benchmark writes: rows of five cells, about 1 KB, one of which is an epoch that each change raises. */
export const CHANGED: TableSchema = { name: "changed", families: ["f"] };
/** 100,000 cells of 200 bytes, to be read by one scan. */
export const SCANNED: TableSchema = { name: "scanned", families: ["f"] };
export const SCANNED_ROWS = 1_000;
export const SCANNED_CELLS = 100;

/** Rows of each client: enough for as many callers, each with a row of its own. */
export const ROWS = 10_240;
export const FAMILY = "f";
export const EPOCH = Buffer.from("epoch");
export const VALUES = ["a", "b", "c", "d"].map((name) => [Buffer.from(name), Buffer.alloc(240, name)] as const);
/** Four regions, two on each region server. */
export const SPLITS = ["4", "8", "c"].map((digit) => Buffer.from(digit));

/** Neighbours lie in different regions. JavaClient.java makes the same keys. */
export const keyOf = (who: string, row: number): Buffer =>
  Buffer.from(`${((row * 7919) % 256).toString(16).padStart(2, "0")}-${who}-${String(row).padStart(5, "0")}`);

export function epochOf(turn: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(turn));
  return bytes;
}
