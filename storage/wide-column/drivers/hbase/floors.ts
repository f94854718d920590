/**
 * The timestamps of rows, which this process gives and its callers never do: max(clock, newest of the row + 1). Deletes are written one below, puts at it, so that
 * a delete covers all that was there and nothing that comes with it or after it (in HBase a delete eats every put of its own millisecond).
 *
 * The newest of a row is known here only as long as nobody else writes to the row, and clocks of processes differ. So every change also writes a guard into the
 * row: an empty cell in a family of its own, whose timestamp is the change's. Who does not know a row reads its guard first. A row stays known between changes
 * only while they are conditional on a cell that they leave alone: that is an owner, and whoever takes over must change that cell first.
 *
 * Two processes, clocks 5 s apart, fight for a row by its epoch cell. A (ahead) owns it under epoch 1 and writes. B (behind) reads the guard, which may be stale a
 * moment later, and sets the epoch from 1 to 2 at max(its clock, guard + 1). If that held, nobody had touched the epoch cell since B read it, so B's epoch lies
 * above the old one whatever else A wrote meanwhile; and from that instant A can write no more. Now B may not trust what it read before: it changed its own
 * condition, so it reads the guard again, which holds A's last timestamp for good, and writes above it from then on. The same the other way round.
 *
 * A change without a condition, or whose condition is the cell it changes, reads the guard every time. Two such changes that overlap may be ordered either
 * way; one that begins after another has ended is ordered after it, however the clocks stand. What one does NOT get: an owner is not told when somebody writes
 * to its row without asking for the epoch; and a cell that is asked for must not come back to a value it had (an epoch never does).
 */
export class Floors {
  /** By row, least recently used first. */
  readonly #rows = new Map<string, Floor>();

  constructor(
    private readonly clock: () => number,
    private readonly capacity: number,
  ) {}

  knows(row: string): boolean {
    return this.#rows.get(row)?.known === true;
  }

  /** The guard of a row, just read: 0 when it has none. */
  learn(row: string, newest: number): void {
    this.#set(row, { newest: Math.max(newest, this.#rows.get(row)?.newest ?? 0), known: true });
  }

  /** A cell that was read or written carries this timestamp. Rows nobody here writes to are none of our business. */
  raise(row: string, seen: number): void {
    const floor = this.#rows.get(row);
    if (floor !== undefined && seen > floor.newest) floor.newest = seen;
  }

  /** The timestamp of a change that is about to be sent. */
  next(row: string): number {
    const floor = this.#rows.get(row) ?? { newest: 0, known: false };
    floor.newest = Math.max(this.clock(), floor.newest + 1);
    this.#set(row, floor);
    return floor.newest;
  }

  /**
   * Somebody else may have written to the row. What was given out stays in mind while it is ahead of the clock: a change whose answer was lost may still be on
   * its way, and its timestamp is taken.
   */
  doubt(row: string): void {
    const floor = this.#rows.get(row);
    if (floor === undefined) return;
    if (floor.newest < this.clock()) this.#rows.delete(row);
    else floor.known = false;
  }

  #set(row: string, floor: Floor): void {
    this.#rows.delete(row);
    this.#rows.set(row, floor);
    if (this.#rows.size > this.capacity) this.#rows.delete(this.#rows.keys().next().value as string);
  }
}

interface Floor {
  newest: number;
  known: boolean;
}
