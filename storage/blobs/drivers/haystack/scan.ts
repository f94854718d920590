import type { DiskFile } from "./disk";
import { ALIGNMENT, decodeHeader, HEADER_BYTES, type NeedleHead, needleBytes } from "./needle";

const WINDOW = 64 * 1024;

export interface Scanned {
  /** Where the last whole needle ends. What follows was being written when the power went. */
  readonly end: number;
  /** Damaged stretches between whole needles. */
  readonly lost: number;
}

/** Visits the needles of a volume in order, reading headers only. Where a header is damaged it goes on at the next whole one. */
export async function scanNeedles(file: DiskFile, magic: Buffer, start: number, visit: (head: NeedleHead, offset: number) => void): Promise<Scanned> {
  const headers = new Headers(file, magic, await file.size());
  let lost = 0;
  let end = start;
  for (;;) {
    const offset = (await headers.at(end)) ? end : await headers.search(end + ALIGNMENT);
    if (offset === undefined) return { end, lost };
    if (offset > end) lost++;
    const head = (await headers.at(offset)) as NeedleHead;
    visit(head, offset);
    end = offset + needleBytes(head.size);
  }
}

/** Finds headers through a window on the file that moves forwards. */
class Headers {
  #window: Buffer = Buffer.alloc(0);
  #from = 0;

  constructor(
    private readonly file: DiskFile,
    private readonly magic: Buffer,
    private readonly size: number,
  ) {}

  /** The header there, if it is whole and its needle lies inside the file. */
  async at(offset: number): Promise<NeedleHead | undefined> {
    if (!this.#covers(offset)) await this.#move(offset);
    const head = decodeHeader(this.magic, this.#window, offset - this.#from);
    return head !== undefined && offset + needleBytes(head.size) <= this.size ? head : undefined;
  }

  /** The first place from `offset` on with a whole header. */
  async search(offset: number): Promise<number | undefined> {
    for (let from = offset; from + HEADER_BYTES <= this.size; from += ALIGNMENT) {
      if (!this.#covers(from)) await this.#move(from);
      const hit = this.#window.indexOf(this.magic, from - this.#from);
      from = Math.max(from, aligned(this.#from + (hit < 0 ? this.#window.length - HEADER_BYTES : hit)));
      if (hit >= 0 && (await this.at(from))) return from;
    }
    return undefined;
  }

  #covers(offset: number): boolean {
    return offset >= this.#from && offset + HEADER_BYTES <= this.#from + this.#window.length;
  }

  async #move(offset: number): Promise<void> {
    const window = Buffer.alloc(Math.max(0, Math.min(WINDOW, this.size - offset)));
    this.#window = window.subarray(0, await this.file.read(window, offset));
    this.#from = offset;
  }
}

const aligned = (offset: number): number => offset - (offset % ALIGNMENT);
