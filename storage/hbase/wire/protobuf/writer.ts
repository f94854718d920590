import { copyTo, nameBuf, writeInt32 } from "../bytes";

/** Bytes that frames are written into, one below the other: to make a buffer for each costs more than to fill it. */
const SLAB = 64 * 1024;
const NONE = Buffer.alloc(0);
/** What no writer has taken, and how much of it is free: the part before `free`. */
let slab: Buffer = NONE;
let free = 0;

/**
 * Bytes written from the end of a buffer towards its front: what is written last comes first. So the length of a nested message is known
 * when its prefix is written, and no pass over the message is needed to size it.
 */
export class Writer {
  /** Written from `end` downwards to `at`. */
  buffer = slab;
  private end = free;
  private at = free;

  constructor() {
    [slab, free] = [NONE, 0];
  }

  get length(): number {
    return this.end - this.at;
  }

  /** An unsigned number up to 2^53. */
  varint(value: number): void {
    this.room(10);
    if (value < 128) {
      this.buffer[--this.at] = value;
      return;
    }
    let size = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
    this.at -= size;
    let at = this.at;
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.buffer[at++] = (rest % 128) | 128;
    this.buffer[at] = rest;
  }

  /** All 64 bits; a negative value is written as its two's complement. */
  varint64(value: bigint): void {
    const out: number[] = [];
    let rest = BigInt.asUintN(64, value);
    for (; rest >= 128n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
    out.push(Number(rest));
    this.bytes(Uint8Array.from(out));
  }

  bytes(value: Uint8Array): void {
    this.room(value.length);
    this.at -= value.length;
    copyTo(this.buffer, value, this.at);
  }

  string(value: string): number {
    const bytes = nameBuf(value); // of methods, classes, tables, users
    this.bytes(bytes);
    return bytes.length;
  }

  int32(value: number): void {
    this.room(4);
    this.at -= 4;
    writeInt32(this.buffer, value, this.at);
  }

  /** Room for `size` bytes, which the caller fills from front to back; answers where in `buffer` they begin. */
  reserve(size: number): number {
    this.room(size);
    this.at -= size;
    return this.at;
  }

  /** What was written. Nothing is written after that: what is left of the buffer goes to the next writer. */
  finish(): Buffer {
    [slab, free] = [this.buffer, this.at];
    return this.buffer.subarray(this.at, this.end);
  }

  private room(size: number): void {
    if (this.at >= size) return;
    const used = this.length;
    const bigger = Buffer.allocUnsafeSlow(Math.max(SLAB, 2 * used + size));
    this.buffer.copy(bigger, bigger.length - used, this.at, this.end);
    this.at = bigger.length - used;
    this.end = bigger.length;
    this.buffer = bigger;
  }
}
