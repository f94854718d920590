/** Calls that wait for answers, below which each answer is read as it comes. */
const CROWD = 32;
/** Of what an answer takes. */
const PART = 1 / 4;
/** Milliseconds, a power of two. */
const LONGEST = 16;
/** Weight of the newest round trip. */
const NEWEST = 1 / 8;
/** Milliseconds after which a call is no longer waited for to tell the round trip: it was given up. */
const PATIENCE = 10_000;

/**
 * For how long a connection is not read after a reading, so that answers come together: what it costs to be woken for each is more than to
 * read it (interrupt moderation, as network cards do it: Mogul and Ramakrishnan, 1996). Only while many calls wait, and for a small part of what an
 * answer takes at the time, so that nobody notices.
 */
export class Rest {
  /** Of one call after the other, smoothed; milliseconds. */
  private roundTrip = 0;
  private id = 0;
  private since = Number.NEGATIVE_INFINITY;

  sent(id: number, now: number): void {
    if (this.id !== 0 && now - this.since < PATIENCE) return;
    [this.id, this.since] = [id, now];
  }

  answered(id: number, clock: { now(): number }): void {
    if (id !== this.id) return;
    this.roundTrip += (clock.now() - this.since - this.roundTrip) * NEWEST;
    this.id = 0;
  }

  /**
   * Whole milliseconds until the connection is read again, with so many calls that wait for an answer. Always until a multiple of a power of
   * two, so that the connections to several servers are read in one turn.
   */
  length(waiting: number, now: number): number {
    if (waiting < CROWD) return 0;
    let slot = LONGEST;
    while (slot > this.roundTrip * PART) slot >>= 1;
    return slot === 0 ? 0 : Math.ceil(slot - (now % slot));
  }
}
