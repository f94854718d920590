import { crc32 } from "node:zlib";
import { BlobError } from "../../contract";
import { MAGIC_BYTES } from "./needle";

/**
 * The first 4096 bytes of a volume, so that the loss of this disk block takes no needle along: "braidhay" | version 4 | number of the
 * volume 4 | number of the volume it replaces, or 0, 4 | spare 4 | magic of its needles 8 | Unix milliseconds of its making 8 | spare 4 |
 * CRC-32 of these 44 bytes 4 | zeros.
 */
export const SUPERBLOCK_BYTES = 4096;
const NAME = "braidhay";
const VERSION = 1;

export interface Superblock {
  readonly number: number;
  /** The volume this one is the compacted copy of: once this one exists, the other is no more. */
  readonly replaces: number;
  readonly magic: Buffer;
  readonly madeAt: number;
}

export function encodeSuperblock(block: Superblock): Buffer {
  const bytes = Buffer.alloc(SUPERBLOCK_BYTES);
  bytes.write(NAME);
  bytes.writeUInt32BE(VERSION, 8);
  bytes.writeUInt32BE(block.number, 12);
  bytes.writeUInt32BE(block.replaces, 16);
  block.magic.copy(bytes, 24);
  bytes.writeBigUInt64BE(BigInt(block.madeAt), 32);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 44)), 44);
  return bytes;
}

/** Undefined when it is damaged. Fails with `unavailable` when a newer version of Braid wrote it. */
export function decodeSuperblock(bytes: Buffer): Superblock | undefined {
  if (bytes.length < SUPERBLOCK_BYTES || bytes.toString("latin1", 0, 8) !== NAME) return undefined;
  if (crc32(bytes.subarray(0, 44)) !== bytes.readUInt32BE(44)) return undefined;
  const version = bytes.readUInt32BE(8);
  if (version !== VERSION) throw new BlobError("unavailable", `This Braid cannot read volumes of version ${version}; use a newer one.`);
  return {
    number: bytes.readUInt32BE(12),
    replaces: bytes.readUInt32BE(16),
    magic: Buffer.from(bytes.subarray(24, 24 + MAGIC_BYTES)),
    madeAt: Number(bytes.readBigUInt64BE(32)),
  };
}
