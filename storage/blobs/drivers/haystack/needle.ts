import { crc32 } from "node:zlib";

/**
 * A needle as it lies in a volume (Haystack, OSDI 2010, figure 5), numbers big-endian:
 *
 *     header  magic 8 | cookie 8 | key 16 | flags 4 | size 4 | spare 4 | CRC-32 of the header 4
 *     data    `size` bytes
 *     footer  magic 4 | CRC-32 of cookie, key and data 4 | zeros up to a multiple of 8
 *
 * Two things are added to the paper. The header has a checksum of its own, so that opening a store hops from header to header and need not
 * read the data. The header magic is drawn at random for each volume, so that no blob can contain what would pass for a needle of its volume.
 */
export const HEADER_BYTES = 48;
export const MAGIC_BYTES = 8;
const FOOTER_BYTES = 8;
export const ALIGNMENT = 8;
const FOOTER_MAGIC = Buffer.from("ndle");
const FLAG_DELETED = 1;

/** Bytes of a key's two halves: the blob's id, and the cookie that keeps it from being guessed. */
export const ID_BYTES = 16;
export const COOKIE_BYTES = 8;

export interface NeedleHead {
  /** Id and cookie as 48 hexadecimal digits. */
  readonly key: string;
  /** Bytes of data. */
  readonly size: number;
  /** A tombstone: it has no data, and says that the blob of this key is deleted. */
  readonly deleted: boolean;
}

/** Bytes the whole needle takes in the volume. */
export const needleBytes = (size: number): number => Math.ceil((HEADER_BYTES + size + FOOTER_BYTES) / ALIGNMENT) * ALIGNMENT;

export function encodeHeader(magic: Buffer, head: NeedleHead): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  magic.copy(header);
  header.write(head.key.slice(ID_BYTES * 2), 8, "hex");
  header.write(head.key.slice(0, ID_BYTES * 2), 16, "hex");
  header.writeUInt32BE(head.deleted ? FLAG_DELETED : 0, 32);
  header.writeUInt32BE(head.size, 36);
  header.writeUInt32BE(crc32(header.subarray(0, 44)), 44);
  return header;
}

/** The header at this place, or undefined if there is none whole. */
export function decodeHeader(magic: Buffer, bytes: Buffer, offset = 0): NeedleHead | undefined {
  const header = bytes.subarray(offset, offset + HEADER_BYTES);
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC_BYTES).equals(magic)) return undefined;
  if (crc32(header.subarray(0, 44)) !== header.readUInt32BE(44)) return undefined;
  return {
    key: header.toString("hex", 16, 32) + header.toString("hex", 8, 16),
    size: header.readUInt32BE(36),
    deleted: (header.readUInt32BE(32) & FLAG_DELETED) !== 0,
  };
}

/** The footer with its padding. The checksum covers the key too: data can never be read as another blob's. */
export function encodeFooter(key: string, data: Uint8Array): Buffer {
  const footer = Buffer.alloc(needleBytes(data.length) - HEADER_BYTES - data.length);
  FOOTER_MAGIC.copy(footer);
  footer.writeUInt32BE(checksum(key, data), 4);
  return footer;
}

/** The data of a whole needle, or undefined when anything about it is not as it was written. */
export function dataOf(magic: Buffer, key: string, needle: Buffer): Buffer | undefined {
  const head = decodeHeader(magic, needle);
  if (head === undefined || head.key !== key || head.deleted || needleBytes(head.size) !== needle.length) return undefined;
  const data = needle.subarray(HEADER_BYTES, HEADER_BYTES + head.size);
  return encodeFooter(key, data).equals(needle.subarray(HEADER_BYTES + head.size)) ? data : undefined;
}

const checksum = (key: string, data: Uint8Array): number => crc32(data, crc32(Buffer.from(key, "hex")));
