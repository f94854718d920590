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

/** Time that goes on by itself and can be moved on at once: for worlds with real sockets in them. */
export class JumpingTime implements Timers {
  readonly #waiting = new Map<object, { readonly at: number; readonly run: () => void; readonly timeout: NodeJS.Timeout }>();
  #ahead: number;

  /** Unix milliseconds at which it begins. */
  constructor(begin: number) {
    this.#ahead = begin - Date.now();
  }

  readonly clock: Clock = () => Date.now() + this.#ahead;

  after(ms: number, run: () => void): () => void {
    const key = {};
    const once = (): void => {
      if (this.#waiting.delete(key)) run();
    };
    const timeout = setTimeout(once, Math.min(ms, 2 ** 31 - 1)).unref();
    this.#waiting.set(key, { at: this.clock() + ms, run, timeout });
    return () => {
      clearTimeout(timeout);
      this.#waiting.delete(key);
    };
  }

  jump(ms: number): void {
    this.#ahead += ms;
    const due = [...this.#waiting].filter(([, { at }]) => at <= this.clock()).sort(([, a], [, b]) => a.at - b.at);
    for (const [key, { run, timeout }] of due) {
      clearTimeout(timeout);
      if (this.#waiting.delete(key)) run();
    }
  }
}
