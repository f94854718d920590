/** Waiting, injected: a test moves time itself. `after` returns a function that cancels. */
export interface Timers {
  after(ms: number, run: () => void): () => void;
}

/** Timers longer than this overflow in Node and fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Real timers; none keeps the process alive. */
export const realTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
