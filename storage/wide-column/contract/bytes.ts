import type { Bytes } from "./types";

/** Unsigned, left to right, shorter first: the order of rows and qualifiers everywhere. */
export const compareBytes = (a: Bytes, b: Bytes): number => Buffer.compare(a, b);

/** One letter per byte, so that text order is byte order and bytes can be a key of a Map. */
export const textOf = (bytes: Bytes): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");

export const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1");

/** True when nothing can lie in `from` (inclusive) to `to` (exclusive). */
export const emptyRange = (from: Bytes | undefined, to: Bytes | undefined): boolean => to !== undefined && compareBytes(from ?? NONE, to) >= 0;

const NONE = new Uint8Array(0);
