import { crc32 } from "node:zlib";
import type { Bytes } from "../../contract";

/**
 * How values are stored: value, CRC-32 (4 bytes), format (1 byte). The sum covers where the value belongs (table, family, row, qualifier) as well, so a cell
 * that turns up in another place is seen too. It is checked at every read: HDFS runs without checksums of its own (docs/storage/hbase.md).
 *
 * HBase counts in cells of exactly 8 bytes. So a value of 8 bytes is stored bare, unprotected, and nothing else is stored in 8 bytes: a value of 3 gets one byte
 * more. Each value is stored in one way only, hence conditions may compare what is stored; nothing is stored empty, hence "absent or empty", which is all that
 * HBase can ask for, means absent.
 */
const TRAILER = 5;
const COUNTER = 8;
const PLAIN = 1;
const PADDED = 2;

/** 2^32 / golden ratio: spreads small lengths over the seed of a sum. */
const SPREAD = 0x9e3779b1;

/** Begins the sums of a family, by the names the contract knows: what the table is called in the cluster may change. */
export const sumOfFamily = (table: string, family: string): number => crc32(`${table}:${family}`);

export const sumOfRow = (ofFamily: number, row: Bytes): number => on(mixed(ofFamily, row.length), row);

const sumOf = (ofRow: number, qualifier: Bytes, value: Bytes): number => on(on(mixed(ofRow, qualifier.length), qualifier), value);

/** The sum with more bytes. Of no bytes zlib sometimes makes 0, namely when they lie at address 0. */
const on = (sum: number, bytes: Bytes): number => (bytes.length === 0 ? sum : crc32(bytes, sum));

/** Lengths go in, so that a byte moved over a boundary changes the sum. */
const mixed = (sum: number, length: number): number => (sum + Math.imul(length, SPREAD)) >>> 0;

/** The bytes to store: a copy, whatever becomes of `value`. */
export function seal(ofRow: number, qualifier: Bytes, value: Bytes): Buffer {
  if (value.length === COUNTER) return Buffer.from(value);
  const padding = value.length + TRAILER === COUNTER ? 1 : 0;
  const stored = Buffer.allocUnsafe(value.length + padding + TRAILER);
  stored.set(value);
  if (padding) stored[value.length] = 0;
  stored.writeUInt32BE(sumOf(ofRow, qualifier, value), stored.length - TRAILER);
  stored[stored.length - 1] = padding ? PADDED : PLAIN;
  return stored;
}

/** The value in the stored bytes, as a copy; undefined when they are damaged. */
export function unseal(ofRow: number, qualifier: Bytes, stored: Bytes): Buffer | undefined {
  if (stored.length === COUNTER) return Buffer.from(stored);
  const format = stored[stored.length - 1];
  const length = stored.length - TRAILER - (format === PADDED ? 1 : 0);
  const padded = length + TRAILER === COUNTER;
  if (length < 0 || format !== (padded ? PADDED : PLAIN) || (padded && stored[length] !== 0)) return undefined;
  const value = Buffer.from(stored.subarray(0, length));
  const sum = new DataView(stored.buffer, stored.byteOffset + stored.length - TRAILER).getUint32(0);
  return sum === sumOf(ofRow, qualifier, value) ? value : undefined;
}
