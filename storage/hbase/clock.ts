import { HBaseError } from "./errors";

/** The time the client goes by. Injected, so that a test can be the one who lets time pass. */
export interface Clock {
  /** Milliseconds that only grow; their zero is of no meaning. */
  now(): number;
  /** Runs once after `ms`; answers how to call it off. `background` timers do not keep the process alive. */
  after(ms: number, run: () => void, background?: boolean): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run, background = false) {
    const timer = setTimeout(run, ms);
    if (background) timer.unref();
    return () => clearTimeout(timer);
  },
};

export const sleep = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));

/** Settles as the promise does, or fails with `deadline` when that comes first. */
export function within<T>(clock: Clock, deadline: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new HBaseError("deadline", "DeadlineExceeded", "time ran out while waiting for a look-up"));
    const stop = clock.after(Math.max(0, deadline - clock.now()), late);
    promise.then(resolve, reject).finally(stop);
  });
}
