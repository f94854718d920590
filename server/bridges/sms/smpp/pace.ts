import type { Clock } from "@/domain/id";

/** Messages a second: never slower than this, and by how much it grows in a second without a complaint. */
const SLOWEST = 0.5;
const GROWTH = 1.1;
const STEP = 1;
/** What is left of the rate after a complaint. */
const CUT = 0.7;
const SECOND = 1000;
/** Silence after a complaint, milliseconds: carriers count by the second, so for the rest of it they take nothing. */
const HOLD = 300;

/**
 * How fast a carrier is fed: a token bucket whose rate is cut when the carrier says it is too much, and grows again slowly while it does not
 * (as TCP does; Chiu and Jain, 1989). A cut starts from what was really taken in the last second, not from what was hoped for.
 */
export class Pace {
  #rate: number;
  #tokens = Number.POSITIVE_INFINITY; // as full as it may be
  #filledAt: number;
  #grownAt: number;
  #cutAt = Number.NEGATIVE_INFINITY;
  #heldUntil = 0;
  /** Taken in this second and in the one before. */
  #taken = { second: 0, now: 0, before: 0 };

  /** `most` a second: what the carrier has sold us. */
  constructor(
    private readonly clock: Clock,
    private readonly most: number,
  ) {
    this.#rate = most;
    this.#filledAt = this.#grownAt = clock();
  }

  /** Messages a second, for the admin page. */
  get rate(): number {
    this.#grow();
    return this.#rate;
  }

  /** Milliseconds until one may go; 0 when it may go now. */
  waitMs(): number {
    this.#fill();
    const forToken = this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#rate) * SECOND);
    return Math.max(forToken, this.#heldUntil - this.clock());
  }

  /** One goes. */
  spend(): void {
    this.#tokens -= 1;
  }

  /** The carrier took one. */
  taken(): void {
    this.#turn();
    this.#taken.now++;
  }

  /** The carrier found one too much that was sent at this time. A whole window may say so, and again in the same second: that is one cut. */
  tooMuch(sentAt: number): void {
    this.#heldUntil = this.clock() + HOLD;
    if (sentAt - this.#cutAt < SECOND) return;
    this.#turn();
    this.#grow();
    const real = Math.max(1, this.#taken.now, this.#taken.before);
    this.#rate = Math.max(SLOWEST, Math.min(this.#rate, real) * CUT);
    this.#cutAt = this.#grownAt = this.#filledAt = this.clock();
    this.#tokens = 0;
  }

  #fill(): void {
    this.#grow();
    const now = this.clock();
    const burst = Math.max(1, this.#rate / 20);
    this.#tokens = Math.min(burst, this.#tokens + (Math.max(0, now - this.#filledAt) / SECOND) * this.#rate);
    this.#filledAt = now;
  }

  #grow(): void {
    const now = this.clock();
    while (this.#rate < this.most && now - this.#grownAt >= SECOND) {
      this.#rate = Math.min(this.most, this.#rate * GROWTH + STEP);
      this.#grownAt += SECOND;
    }
    if (this.#rate >= this.most) this.#grownAt = now;
  }

  #turn(): void {
    const second = Math.floor(this.clock() / SECOND);
    const { second: last, now } = this.#taken;
    if (second !== last) this.#taken = { second, now: 0, before: second === last + 1 ? now : 0 };
  }
}
