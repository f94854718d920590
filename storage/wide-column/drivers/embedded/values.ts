import type { Bytes, Cell } from "../../contract";

/** A stored value: two bytes kept for later formats, 48 bits of timestamp, then the bytes of the cell. */
const HEADER = 8;
const STAMP = { at: 2, bytes: 6 };

/** Copies the value, leaving room for the timestamp it gets when it is committed. */
export function unstamped(value: Bytes): Buffer {
  const stored = Buffer.allocUnsafe(HEADER + value.length);
  stored.writeUInt16BE(0);
  stored.set(value, HEADER);
  return stored;
}

export function stamp(stored: Buffer, timestamp: number): Buffer {
  stored.writeUIntBE(timestamp, STAMP.at, STAMP.bytes);
  return stored;
}

export const contentOf = (stored: Buffer): Buffer => stored.subarray(HEADER);

export const cellOf = (qualifier: Buffer, stored: Buffer): Cell => ({
  qualifier,
  value: contentOf(stored),
  timestamp: stored.readUIntBE(STAMP.at, STAMP.bytes),
});
