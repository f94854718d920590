/** Calls that wait for answers, below which each answer is read as it comes. */
const CROWD = 32;
/** Of what the quickest answers take. */
const PART = 1 / 4;
/** Milliseconds, a power of two. */
const LONGEST = 16;
/** Weight of an answer that took longer than the quickest: one that was quick counts at once, and is forgotten slowly. */
const SLOWER = 1 / 64;

/**
 * For how long a connection is not read after a reading, so that answers come together: what it costs to be woken for each is more than to
 * read it (interrupt moderation, as network cards do it: Mogul and Ramakrishnan, 1996). Only while many calls wait and even the quickest answers
 * take long, and for a small part of that, so that nobody notices: neither a slow region nor a long answer slows others down.
 */
export class Rest {
  /** Milliseconds. */
  private quickest = 0;

  /** @param ms from the sending of a call to its answer */
  answered(ms: number): void {
    this.quickest = ms < this.quickest ? ms : this.quickest + (ms - this.quickest) * SLOWER;
  }

  /**
   * Whole milliseconds until the connection is read again, with so many calls that wait for an answer. Always until a multiple of a power of
   * two, so that the connections to several servers are read in one turn.
   */
  length(waiting: number, now: number): number {
    if (waiting < CROWD) return 0;
    let slot = LONGEST;
    while (slot > this.quickest * PART) slot >>= 1;
    return slot === 0 ? 0 : Math.ceil(slot - (now % slot));
  }
}
