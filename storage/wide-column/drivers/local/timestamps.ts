/** Rows remembered before those that cannot matter any more are dropped. */
const MANY = 4096;

/**
 * Timestamps of a store with one writer: max(now, newest of the row + 1), so that within a row, hence within a column, every change is newer
 * than the one before, even in the same millisecond or after the clock was set back. Only rows changed at or after `now` need remembering.
 */
export class Timestamps {
  readonly #ahead = new Map<string, number>();
  #now: number;
  #newest: number;

  /** `floor`: the newest timestamp ever given out in this store. */
  constructor(
    private readonly clock: () => number,
    floor = 0,
  ) {
    this.#now = floor + 1;
    this.#newest = floor;
  }

  /** The newest given out: what to pass as `floor` when the store is opened again. */
  get newest(): number {
    return this.#newest;
  }

  next(row: string): number {
    this.#now = Math.max(this.#now, this.clock());
    const stamp = Math.max(this.#now, (this.#ahead.get(row) ?? 0) + 1);
    if (this.#ahead.size >= MANY) this.#forget();
    this.#ahead.set(row, stamp);
    this.#newest = Math.max(this.#newest, stamp);
    return stamp;
  }

  #forget(): void {
    for (const [row, stamp] of this.#ahead) if (stamp < this.#now) this.#ahead.delete(row);
  }
}
