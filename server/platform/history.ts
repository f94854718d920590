import type { Clock } from "@/domain/id";

const MINUTE = 60_000;
const MINUTES = 60;
const HOURS = 24;
/** Values kept of a minute before they are folded into one: exact for sums, near for medians. */
const MOST = 1_000;

export type Point = readonly [at: number, value: number];

/** What was counted or measured in each step of the time that has just passed: a small ring. */
class Series {
  readonly #steps = new Map<number, number[]>();
  constructor(
    private readonly clock: Clock,
    private readonly fold: (values: readonly number[]) => number,
    private readonly step: number,
    private readonly count: number,
  ) {}

  add(value: number): void {
    const step = Math.floor(this.clock() / this.step);
    const values = this.#steps.get(step);
    if (values === undefined) this.#open(step, value);
    else if (values.push(value) > MOST) values.splice(0, MOST, this.fold(values.slice(0, MOST)));
  }

  /** Oldest first; steps in which nothing happened count 0. Times are Unix milliseconds. */
  points(): Point[] {
    const now = Math.floor(this.clock() / this.step);
    return Array.from({ length: this.count }, (_, i) => {
      const step = now - this.count + 1 + i;
      return [step * this.step, this.fold(this.#steps.get(step) ?? [])];
    });
  }

  total(): number {
    return this.points().reduce((total, [, value]) => total + value, 0);
  }

  #open(step: number, value: number): void {
    this.#steps.set(step, [value]);
    for (const old of this.#steps.keys()) if (old <= step - this.count) this.#steps.delete(old);
  }
}

/** Each minute of the last hour, for the admin's plots. */
export class MinuteSeries extends Series {
  constructor(clock: Clock, fold: (values: readonly number[]) => number) {
    super(clock, fold, MINUTE, MINUTES);
  }
}

/** Sums of each hour of the last day. */
export class HourSums extends Series {
  constructor(clock: Clock) {
    super(clock, sum, 60 * MINUTE, HOURS);
  }
}

/** Something that is counted: in the last hour, and since the start. */
export class Counted {
  total = 0;
  readonly #series: MinuteSeries;
  constructor(clock: Clock) {
    this.#series = new MinuteSeries(clock, sum);
  }
  add(count = 1): void {
    this.total += count;
    this.#series.add(count);
  }
  get hour(): number {
    return this.#series.total();
  }
  points(): Point[] {
    return this.#series.points();
  }
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The middle value, or 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
