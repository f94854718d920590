/** SMPP 3.4, 3.2: four numbers of four bytes begin every PDU; the first is the length of the whole. */
export const HEADER = 16;

/** Cuts the bytes of a socket into PDUs. One that comes in a single chunk is a view of it. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #have = 0;
  #need = 4;

  constructor(private readonly most: number) {}

  /** Throws at a length that no PDU has: where the next one begins is then unknown, so the connection has to end. */
  push(chunk: Buffer, onFrame: (frame: Buffer) => void): void {
    this.#chunks.push(chunk);
    this.#have += chunk.length;
    if (this.#have < this.#need) return;
    const data = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#have);
    const rest = data.subarray(this.#cut(data, onFrame));
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#have = rest.length;
  }

  /** Answers where the first unfinished frame begins. */
  #cut(data: Buffer, onFrame: (frame: Buffer) => void): number {
    let at = 0;
    this.#need = 4;
    while (data.length - at >= 4) {
      const size = data.readUInt32BE(at);
      if (size < HEADER || size > this.most) throw new RangeError(`a PDU of ${size} bytes; ${this.most} is the most`);
      if (data.length - at < size) {
        this.#need = size;
        break;
      }
      onFrame(data.subarray(at, at + size));
      at += size;
    }
    return at;
  }
}
