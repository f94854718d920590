import { copyTo, nameBuf, writeInt32 } from "../bytes";

/** What frames are written into, one below the other: to make a buffer for each costs more than to fill it. */
export class Slab {
  private buffer: Buffer = NONE;
  private free = 0;

  /** @param size bytes; what takes more gets a buffer of its own */
  constructor(private readonly size = 64 * 1024) {}

  /** A buffer, and how many bytes of it are free: those before that. Nobody else has it until it is given back. */
  take(): { buffer: Buffer; free: number } {
    const taken = { buffer: this.buffer, free: this.free };
    [this.buffer, this.free] = [NONE, 0];
    return taken;
  }

  giveBack(buffer: Buffer, free: number): void {
    if (buffer.length === this.size && free > this.free) [this.buffer, this.free] = [buffer, free];
  }

  /** A buffer for at least so many bytes. */
  make(bytes: number): Buffer {
    return Buffer.allocUnsafeSlow(bytes <= this.size ? this.size : bytes + SLACK);
  }
}

const NONE = Buffer.alloc(0);
/** Bytes that mostly come before what makes a writer's buffer too small. */
const SLACK = 1024;

/**
 * Bytes written from the end of a buffer towards its front: what is written last comes first. So the length of a nested message is known
 * when its prefix is written, and no pass over the message is needed to size it.
 */
export class Writer {
  /** Written from `end` downwards to `at`. */
  buffer: Buffer;
  private end: number;
  private at: number;

  constructor(private readonly slab: Slab) {
    const { buffer, free } = slab.take();
    [this.buffer, this.end, this.at] = [buffer, free, free];
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
    this.slab.giveBack(this.buffer, this.at);
    return this.buffer.subarray(this.at, this.end);
  }

  private room(size: number): void {
    if (this.at >= size) return;
    const used = this.length;
    const bigger = this.slab.make(Math.max(2 * used, used + size));
    this.buffer.copy(bigger, bigger.length - used, this.at, this.end);
    this.slab.giveBack(this.buffer, this.end);
    [this.buffer, this.end, this.at] = [bigger, bigger.length, bigger.length - used];
  }
}
