import type { Clock } from "@/domain/id";
import { Lru } from "../platform/lru";

export interface RememberedOptions {
  readonly clock: Clock;
  readonly capacity: number;
  readonly ttlMs: number;
}

/**
 * Answers that are asked for again and again. `load` fetches what is not known, or known for too long; an answer that was under way when
 * something was forgotten is given but not kept, for it may be of before.
 */
export class Remembered<K, V extends object | string | null> {
  readonly #entries: Lru<K, { readonly value: V; readonly until: number }>;
  #forgotten = 0;

  constructor(private readonly options: RememberedOptions) {
    this.#entries = new Lru(options.capacity);
  }

  /** What is known, or undefined. */
  peek(key: K): V | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && this.options.clock() < entry.until ? entry.value : undefined;
  }

  async load(key: K, fetch: () => Promise<V>): Promise<V> {
    const found = await this.loadMany([key], async () => new Map([[key, await fetch()]]));
    return found.get(key) as V;
  }

  /** What is known of the keys, and for the rest what `fetch` says; keys it leaves out are left out and asked for again next time. */
  async loadMany(keys: readonly K[], fetch: (missing: K[]) => Promise<ReadonlyMap<K, V>>): Promise<Map<K, V>> {
    const known = new Map<K, V>();
    const missing: K[] = [];
    for (const key of keys) {
      const value = this.peek(key);
      if (value === undefined) missing.push(key);
      else known.set(key, value);
    }
    if (missing.length === 0) return known;
    const forgotten = this.#forgotten;
    const found = await fetch(missing);
    for (const [key, value] of found) {
      known.set(key, value);
      if (forgotten === this.#forgotten) this.#keep(key, value);
    }
    return known;
  }

  forget(key: K): void {
    this.#forgotten++;
    this.#entries.delete(key);
  }

  forgetAll(): void {
    this.#forgotten++;
    this.#entries.clear();
  }

  #keep(key: K, value: V): void {
    const { clock, ttlMs } = this.options;
    this.#entries.set(key, { value, until: clock() + ttlMs });
  }
}
