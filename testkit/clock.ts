import type { Clock } from "@/domain/id";
import type { Timers } from "@/server/platform/timers";

/** Time that stands still until a test moves it. */
export class ManualClock implements Timers {
  readonly #waiting = new Set<{ readonly at: number; readonly run: () => void }>();

  /** Unix milliseconds. */
  constructor(public now = 1_800_000_000_000) {}

  readonly clock: Clock = () => this.now;

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.now + Math.max(0, ms), run };
    this.#waiting.add(timer);
    return () => this.#waiting.delete(timer);
  }

  /** Moves on, stopping at every timer due on the way, in order; those set meanwhile included. */
  advance(ms: number): void {
    const end = this.now + ms;
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#waiting.delete(timer);
      this.now = timer.at;
      timer.run();
    }
    this.now = end;
  }

  #next(end: number) {
    const due = [...this.#waiting].filter(({ at }) => at <= end);
    return due.reduce((first, timer) => (first === undefined || timer.at < first.at ? timer : first), due[0]);
  }
}
