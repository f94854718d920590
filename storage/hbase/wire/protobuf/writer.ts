import { copyTo, nameBuf } from "../bytes";

/**
 * Bytes written from the end of a buffer towards its front: what is written last comes first. So the length of a nested message is known
 * when its prefix is written, and no pass over the message is needed to size it.
 */
export class Writer {
  private buffer: Buffer;
  private at: number;

  constructor(size = 2048) {
    this.buffer = Buffer.allocUnsafe(size);
    this.at = size;
  }

  get length(): number {
    return this.buffer.length - this.at;
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
    this.buffer.writeInt32BE(value, this.at);
  }

  /** Room for `size` bytes, which the caller fills from front to back. */
  reserve(size: number): Buffer {
    this.room(size);
    this.at -= size;
    return this.buffer.subarray(this.at, this.at + size);
  }

  finish(): Buffer {
    return this.buffer.subarray(this.at);
  }

  private room(size: number): void {
    if (this.at >= size) return;
    const used = this.length;
    const bigger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, used + size));
    this.buffer.copy(bigger, bigger.length - used, this.at);
    this.at = bigger.length - used;
    this.buffer = bigger;
  }
}
