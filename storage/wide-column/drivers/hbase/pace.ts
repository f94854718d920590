/** Cells that are checked before others get a turn: some milliseconds. */
export const AT_ONCE = 2000;

/** Cuts long work into turns of the event loop. Short work pays nothing: it has no promise to wait for. */
export class Pace {
  #left = AT_ONCE;

  /** Whether so many cells more may still be checked in this turn. */
  fits(cells: number): boolean {
    this.#left -= cells;
    return cells === 0 || this.#left >= 0;
  }

  readonly turn = async (): Promise<void> => {
    await new Promise(setImmediate);
    this.#left = AT_ONCE;
  };
}
