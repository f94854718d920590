import type { Clock, Random } from "@/domain/id";
import { Lru } from "../platform/lru";

export interface BackoffOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** The pause after the first failure and the longest there is, milliseconds. */
  readonly first?: number;
  readonly most?: number;
  /** Keys remembered; one that is forgotten begins with short pauses again. */
  readonly keys?: number;
}

interface Setback {
  readonly failures: number;
  /** Unix milliseconds. */
  readonly until: number;
}

/**
 * Pauses that double with each failure of the same thing, up to a limit. Half of a pause is chance: what failed together, because the store
 * was away, does not come back together.
 */
export class Backoff {
  readonly #known: Lru<string, Setback>;
  readonly #first: number;
  readonly #most: number;

  constructor(private readonly options: BackoffOptions) {
    this.#known = new Lru(options.keys ?? 20_000);
    this.#first = options.first ?? 1_000;
    this.#most = options.most ?? 60_000;
  }

  failed(key: string): Setback {
    const failures = (this.#known.get(key)?.failures ?? 0) + 1;
    const pause = Math.min(this.#most, this.#first * 2 ** Math.min(failures - 1, 30));
    const setback = { failures, until: this.options.clock() + Math.round(pause * (0.5 + this.#chance() / 2)) };
    this.#known.set(key, setback);
    return setback;
  }

  forget(key: string): void {
    this.#known.delete(key);
  }

  /** Until when it is to be left alone, Unix milliseconds; 0 when it has not failed. */
  until(key: string): number {
    return this.#known.get(key)?.until ?? 0;
  }

  failures(key: string): number {
    return this.#known.get(key)?.failures ?? 0;
  }

  /** From 0 to 1. */
  #chance(): number {
    return Buffer.from(this.options.random(4)).readUInt32BE() / 2 ** 32;
  }
}
