export type Bytes = Uint8Array;

export const EMPTY = Buffer.alloc(0);

/** A Buffer over the same memory, or the UTF-8 of a string. */
export function buf(value: string | Bytes): Buffer {
  if (typeof value === "string") return Buffer.from(value);
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
