/** Reads varints one after another; `at` is the next byte. One object is reused for a whole message, so that nothing is allocated for a number. */
export class Cursor {
  constructor(
    readonly buffer: Buffer,
    public at: number,
  ) {}

  /** Up to 2^53; larger values are read as int64, so a negative one comes back negative. */
  number(): number {
    const first = this.buffer[this.at]!;
    if (first < 128) {
      this.at++;
      return first;
    }
    const { low, high } = this.parts();
    return high >= 2 ** 35 ? Number(BigInt.asIntN(64, join(low, high))) : low + high * 2 ** 28;
  }

  /** All 64 bits, unsigned. */
  bigint(): bigint {
    const { low, high } = this.parts();
    return BigInt.asUintN(64, join(low, high));
  }

  private parts(): { low: number; high: number } {
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.buffer[this.at++];
      if (byte === undefined || shift > 63) throw new Error("a varint is cut short or too long");
      if (shift < 28) low += (byte & 127) << shift;
      else high += (byte & 127) * 2 ** (shift - 28);
      if (byte < 128) return { low, high };
    }
  }
}

const join = (low: number, high: number): bigint => BigInt(low) + (BigInt(high) << 28n);
