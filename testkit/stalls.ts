import { readFileSync } from "node:fs";

const TICK = 5;

/**
 * Watches how long the main thread computes without letting its event loop turn. What counts is the time the thread itself had a processor
 * (Linux schedstat), so that a busy machine does not look like a slow program; where nobody counts that, the clock on the wall.
 */
export class StallWatch {
  longestMs = 0;
  #last = busyMs();
  readonly #timer = setInterval(() => this.#tick(), TICK);

  stop(): number {
    this.#tick();
    clearInterval(this.#timer);
    return this.longestMs;
  }

  #tick(): void {
    const now = busyMs();
    this.longestMs = Math.max(this.longestMs, now - this.#last);
    this.#last = now;
  }
}

/** Milliseconds this thread has had a processor. */
function busyMs(): number {
  try {
    const [busy] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "latin1").split(" ");
    return Number(busy) / 1e6;
  } catch {
    return performance.now();
  }
}
