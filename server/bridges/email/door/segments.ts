const SEGMENT = 64 * 1024;

/**
 * Bytes that come in pieces. Copied together as they come: a mail of dots arrives in pieces of three bytes, and eight million small
 * buffers cost thirty times what is in them.
 */
export class Segments {
  #full: Buffer[] = [];
  #last = Buffer.alloc(0);
  #used = 0;
  length = 0;

  append(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      if (this.#used === this.#last.length) this.#grow();
      const taken = piece.subarray(at, at + this.#last.length - this.#used);
      this.#last.set(taken, this.#used);
      this.#used += taken.length;
      at += taken.length;
    }
    this.length += piece.length;
  }

  /** Everything so far in one buffer; after it there is nothing. */
  take(): Buffer {
    const whole = Buffer.concat([...this.#full, this.#last.subarray(0, this.#used)], this.length);
    this.clear();
    return whole;
  }

  clear(): void {
    this.#full = [];
    this.#last = Buffer.alloc(0);
    this.#used = 0;
    this.length = 0;
  }

  #grow(): void {
    if (this.#used > 0) this.#full.push(this.#last);
    this.#last = Buffer.allocUnsafeSlow(this.length < SEGMENT ? 4_096 : SEGMENT);
    this.#used = 0;
  }
}
