import type { Clock } from "@/domain/id";

const MINUTE = 60_000;
const MINUTES = 60;
/** Values kept of a minute before they are folded into one: exact for sums, near for medians. */
const MOST = 1_000;

export type Point = readonly [at: number, value: number];

/** What was counted or measured in each minute of the last hour: a small ring for the admin's plots. */
export class MinuteSeries {
  readonly #minutes = new Map<number, number[]>();
  constructor(
    private readonly clock: Clock,
    private readonly fold: (values: readonly number[]) => number,
  ) {}

  add(value: number): void {
    const minute = Math.floor(this.clock() / MINUTE);
    const values = this.#minutes.get(minute);
    if (values === undefined) this.#open(minute, value);
    else if (values.push(value) > MOST) values.splice(0, MOST, this.fold(values.slice(0, MOST)));
  }

  /** The last hour, oldest first; minutes in which nothing happened count 0. Times are Unix milliseconds. */
  points(): Point[] {
    const now = Math.floor(this.clock() / MINUTE);
    return Array.from({ length: MINUTES }, (_, i) => {
      const minute = now - MINUTES + 1 + i;
      return [minute * MINUTE, this.fold(this.#minutes.get(minute) ?? [])];
    });
  }

  #open(minute: number, value: number): void {
    this.#minutes.set(minute, [value]);
    for (const old of this.#minutes.keys()) if (old <= minute - MINUTES) this.#minutes.delete(old);
  }
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The middle value, or 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
