/** Bytes. More than this is not an answer but a misunderstanding: a server ends the answer to a scan or a Multi at 100 MB (hbase.server.scanner.max.result.size). */
export const MAX_FRAME = 128 * 1024 * 1024;

/** Cuts the bytes of a socket into frames. A frame is a view of the chunk it came in, unless it came in several. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private have = 0;
  private need = 4;

  constructor(private readonly maxFrame = MAX_FRAME) {}

  /** Whether a frame has begun and not ended. */
  get unfinished(): boolean {
    return this.have > 0;
  }

  push(chunk: Buffer, onFrame: (frame: Buffer) => void): void {
    this.chunks.push(chunk);
    this.have += chunk.length;
    if (this.have < this.need) return;
    const data = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks, this.have);
    const rest = data.subarray(this.cut(data, onFrame));
    this.chunks = rest.length > 0 ? [rest] : [];
    this.have = rest.length;
  }

  /** Answers where the first unfinished frame begins. */
  private cut(data: Buffer, onFrame: (frame: Buffer) => void): number {
    let at = 0;
    this.need = 4;
    while (data.length - at >= 4) {
      const size = data.readInt32BE(at);
      if (size < 0 || size > this.maxFrame) throw new RangeError(`a frame of ${size} bytes; ${this.maxFrame} is the most`);
      if (data.length - at - 4 < size) {
        this.need = size + 4;
        break;
      }
      onFrame(data.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
    return at;
  }
}
