import { StoreError } from "../../contract";
import { rethrow } from "./failures";

/** Free space is looked up again after this many bytes at the latest, since others write to the disk as well. */
const LOOK_EVERY = 16 * 1024 * 1024;

/**
 * Refuses changes before the disk is full: RocksDB still needs room to move what it has in memory into tables, and a disk without a byte left
 * stops everything else on the machine too.
 */
export class Space {
  #allowance = 0;

  constructor(
    private readonly reserveBytes: number,
    private readonly free: () => Promise<number>,
  ) {}

  /** Fails with `full` when the bytes would go into the reserve. */
  async claim(bytes: number): Promise<void> {
    if (bytes > this.#allowance) await this.#look(bytes);
    this.#allowance -= bytes;
  }

  async #look(bytes: number): Promise<void> {
    this.#allowance = 0;
    const left = (await this.free().catch(rethrow)) - this.reserveBytes;
    if (left < bytes) throw new StoreError("full", "There is no space left on the disk.");
    // A byte written is in the log and then in a table, and compaction needs room for both the old and the new one.
    this.#allowance = Math.max(bytes, Math.min(LOOK_EVERY, left / 4));
  }
}
