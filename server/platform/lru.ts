/** A map that forgets what was used least recently when it holds more than `capacity`. */
export class Lru<K, V> {
  readonly #entries = new Map<K, V>();
  /** The one used last is in its place already, and is mostly the one asked for. */
  #newest: K | undefined;
  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined || key === this.#newest) return value;
    this.#newest = key;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    if (key !== this.#newest) this.#entries.delete(key);
    this.#newest = key;
    this.#entries.set(key, value);
    if (this.#entries.size > this.capacity) this.#entries.delete(this.#entries.keys().next().value as K);
  }

  delete(key: K): void {
    if (key === this.#newest) this.#newest = undefined;
    this.#entries.delete(key);
  }

  clear(): void {
    this.#newest = undefined;
    this.#entries.clear();
  }
}
