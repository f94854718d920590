export type Bytes = Uint8Array;

export const EMPTY = Buffer.alloc(0);

const names = new Map<string, Buffer>();
const MOST_NAMES = 1024;
const LONG_NAME = 128;

/** As `buf`, for what is said again and again (families, names of columns): the same Buffer for the same string, not to be written to. */
export function nameBuf(name: string | Bytes): Buffer {
  if (typeof name !== "string" || name.length > LONG_NAME) return buf(name);
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) names.clear();
  const made = Buffer.from(name);
  names.set(name, made);
  return made;
}

/** Below this a loop is quicker than a call that leaves JavaScript. */
const SHORT = 24;

/** Copies bytes into a larger buffer, and answers where they end. */
export function copyTo(target: Buffer, source: Bytes, at: number): number {
  const size = source.length;
  if (size > SHORT) target.set(source, at);
  else for (let i = 0; i < size; i++) target[at + i] = source[i]!;
  return at + size;
}

/** Big endian, by its lowest 32 bits; answers where it ends. It does without the checks of Buffer's own, which cost more than the writing. */
export function writeInt32(target: Buffer, value: number, at: number): number {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
  return at + 4;
}

/** A Buffer over the same memory, or the UTF-8 of a string. */
export function buf(value: string | Bytes): Buffer {
  if (typeof value === "string") return Buffer.from(value);
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
