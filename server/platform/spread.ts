import type { Clock } from "@/domain/id";

const MINUTE = 60_000;
const MINUTES = 60;
/** Each place is a fifth longer than the one before: from a tenth of a millisecond to three minutes, and what is beyond. */
const LEAST = 0.1;
const GROWTH = 1.2;
const PLACES = 80;

/** How long something took in the last hour, to within a tenth. Its size does not depend on how often. */
export class Spread {
  readonly #minutes = new Map<number, Uint32Array>();
  constructor(private readonly clock: Clock) {}

  add(ms: number): void {
    const minute = Math.floor(this.clock() / MINUTE);
    const counts = this.#minutes.get(minute) ?? this.#open(minute);
    const place = Math.min(PLACES - 1, Math.max(0, Math.round(Math.log(ms / LEAST) / Math.log(GROWTH))));
    counts[place] = (counts[place] ?? 0) + 1;
  }

  /** Milliseconds that this share of all took at most, as 0.99; undefined of nothing. */
  at(share: number): number | undefined {
    const since = Math.floor(this.clock() / MINUTE) - MINUTES;
    const recent = [...this.#minutes].filter(([minute]) => minute > since).map(([, counts]) => counts);
    const sums = Array.from({ length: PLACES }, (_, place) => recent.reduce((sum, counts) => sum + (counts[place] ?? 0), 0));
    let left = share * sums.reduce((sum, count) => sum + count, 0);
    if (left === 0) return undefined;
    let place = 0;
    for (; place < PLACES - 1 && left > (sums[place] ?? 0); place++) left -= sums[place] ?? 0;
    return LEAST * GROWTH ** place;
  }

  #open(minute: number): Uint32Array {
    const counts = new Uint32Array(PLACES);
    this.#minutes.set(minute, counts);
    for (const old of this.#minutes.keys()) if (old <= minute - MINUTES) this.#minutes.delete(old);
    return counts;
  }
}
