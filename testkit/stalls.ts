import { readFileSync } from "node:fs";

const TICK = 5;

/**
 * Watches how long the main thread keeps its event loop from turning. Time in which the thread could have run but the machine gave the
 * processor to others is taken off (Linux schedstat), so that a busy machine does not look like a slow program.
 */
export class StallWatch {
  longestMs = 0;
  #wall = performance.now();
  #waited = runDelayMs();
  readonly #timer = setInterval(() => this.#tick(), TICK);

  stop(): number {
    this.#tick();
    clearInterval(this.#timer);
    return this.longestMs;
  }

  #tick(): void {
    const [wall, waited] = [performance.now(), runDelayMs()];
    this.longestMs = Math.max(this.longestMs, wall - this.#wall - (waited - this.#waited) - TICK);
    [this.#wall, this.#waited] = [wall, waited];
  }
}

/** Milliseconds this thread has waited for a processor; 0 where nobody counts it. */
function runDelayMs(): number {
  try {
    const [, delay] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "latin1").split(" ");
    return Number(delay) / 1e6;
  } catch {
    return 0;
  }
}
