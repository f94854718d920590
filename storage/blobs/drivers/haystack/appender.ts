import { BlobError } from "../../contract";
import { encodeFooter, encodeHeader, type NeedleHead, needleBytes } from "./needle";
import type { Volume } from "./volume";

export interface Append {
  readonly head: NeedleHead;
  readonly data: Uint8Array;
  /** Called when the needle is on the disk, before anything else happens. */
  durable(volume: Volume, offset: number): void;
  failed(error: BlobError): void;
}

export interface AppenderOptions {
  readonly newVolume: () => Promise<Volume>;
  readonly maxVolumeBytes: number;
}

/** At most this many in one write run: three parts each stay below the 1024 of one writev. */
const MAX_RUN = 300;
const MAX_RUN_BYTES = 16 * 1024 * 1024;
const FULL = new Set<unknown>(["ENOSPC", "EDQUOT", "EFBIG"]);

/** The one writer of a store. All that waits while a run is under way goes into the next: one write and one fdatasync for all (group commit). */
export class Appender {
  #waiting: Append[] = [];
  #running: Promise<void> | undefined;
  #committing: Promise<void> | undefined;
  #volume: Volume | undefined;
  #broken: BlobError | undefined;

  constructor(
    private readonly options: AppenderOptions,
    volume: Volume | undefined,
  ) {
    this.#volume = volume;
  }

  add(append: Append): void {
    this.#waiting.push(append);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Resolves when nothing is written to this volume any more, for ever. */
  async seal(volume: Volume): Promise<void> {
    volume.sealed = true;
    await this.#committing;
    if (this.#broken) throw this.#broken;
  }

  /**
   * After a failed fsync nobody knows what is on the disk, and asking again would say all is well (PostgreSQL's fsyncgate, 2018).
   * So nothing more is written until the store is opened anew and has looked.
   */
  breakDown(cause: unknown): BlobError {
    this.#broken ??= new BlobError("unavailable", "The disk failed while blobs were written. Mend it, then restart Braid.", { cause });
    return this.#broken;
  }

  async #run(): Promise<void> {
    await undefined; // lets everyone who calls in this tick join
    while (this.#waiting.length > 0) {
      this.#committing = this.#commit(this.#take());
      await this.#committing;
    }
    this.#running = undefined;
  }

  #take(): Append[] {
    const most = Math.min(MAX_RUN_BYTES, this.options.maxVolumeBytes);
    let bytes = 0;
    let count = 0;
    for (const { head } of this.#waiting) {
      bytes += needleBytes(head.size);
      if (count === MAX_RUN || (count > 0 && bytes > most)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(run: readonly Append[]): Promise<void> {
    try {
      if (this.#broken) throw this.#broken;
      const volume = await this.#roomFor(run.reduce((sum, { head }) => sum + needleBytes(head.size), 0));
      let offset = volume.end;
      await volume.append(run.flatMap((append) => partsOf(volume.magic, append)));
      await volume.sync().catch((error) => Promise.reject(this.breakDown(error)));
      for (const append of run) {
        append.durable(volume, offset);
        offset += needleBytes(append.head.size);
      }
    } catch (error) {
      const failure = this.#failure(error);
      for (const append of run) append.failed(failure);
    }
  }

  async #roomFor(bytes: number): Promise<Volume> {
    const volume = this.#volume;
    if (volume === undefined || volume.sealed || volume.end + bytes > this.options.maxVolumeBytes) this.#volume = await this.options.newVolume();
    return this.#volume as Volume;
  }

  #failure(error: unknown): BlobError {
    return isFull(error) ? new BlobError("full", "The disk is full. The blob was not stored.", { cause: error }) : this.breakDown(error);
  }
}

const partsOf = (magic: Buffer, { head, data }: Append): Uint8Array[] => [encodeHeader(magic, head), data, encodeFooter(head.key, data)];

export const isFull = (error: unknown): boolean => error instanceof Error && "code" in error && FULL.has(error.code);
