const CR = 0x0d;
const LF = 0x0a;

/** Measures the header block of a mail while it streams by: it ends at the first empty line, whichever line ends the mail uses. */
export class HeaderGauge {
  #bytes = 0;
  #inLine = 0;
  #ended = false;

  /** Bytes of the header block so far. */
  get bytes(): number {
    return this.#bytes;
  }

  take(chunk: Uint8Array): void {
    if (this.#ended) return;
    for (const byte of chunk) {
      this.#bytes++;
      if (byte === LF) {
        if (this.#inLine === 0) {
          this.#ended = true;
          return;
        }
        this.#inLine = 0;
      } else if (byte !== CR) this.#inLine++;
    }
  }
}
