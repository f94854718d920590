import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { Finding } from "./health";
import type { Timers } from "./timers";

export interface LoopDelays {
  /** Milliseconds by which the event loop ran late: what every request waits at worst, whatever it asks for. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const RESOLUTION = 10;
const WINDOW = 30_000;
/** No input may hold the loop up longer (docs/architecture.md, promise 5). */
const PROMISED = 50;

/** Watches for work that holds up everything else, over the last half to whole minute. */
export class LoopDelay {
  #now = started();
  #before: IntervalHistogram | undefined;
  #cancel: () => void;

  constructor(private readonly timers: Timers) {
    this.#cancel = this.#turnLater();
  }

  read(): LoopDelays {
    const windows = this.#before ? [this.#before, this.#now] : [this.#now];
    const worst = (figure: (histogram: IntervalHistogram) => number) => Math.max(...windows.map((window) => late(figure(window))));
    return { p50: worst((w) => w.percentile(50)), p99: worst((w) => w.percentile(99)), max: worst((w) => w.max) };
  }

  /** For Health. */
  readonly probe = (): Finding => findingOf(this.read());

  stop(): void {
    this.#cancel();
    this.#now.disable();
  }

  #turnLater(): () => void {
    return this.timers.after(WINDOW, () => {
      this.#now.disable();
      this.#before = this.#now;
      this.#now = started();
      this.#cancel = this.#turnLater();
    });
  }
}

export function findingOf({ p99, max }: LoopDelays): Finding {
  if (p99 > PROMISED)
    return { state: "slow", words: `The server is overloaded: one request in a hundred waits ${Math.round(p99)} ms before anyone looks at it.` };
  if (max > PROMISED) return { state: "ok", words: `The server keeps up. Its longest pause in the last minute was ${Math.round(max)} ms.` };
  return { state: "ok", words: "The server keeps up." };
}

function started(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  return histogram;
}

/** The histogram holds nanoseconds from one tick of a timer to the next, so the timer's own interval is no delay. Empty, it says nonsense. */
const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
