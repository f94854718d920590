/** Keys a chunk holds before it is split: small enough to splice cheaply, large enough that there are few chunks. */
const CHUNK = 256;

interface Chunk<V> {
  readonly keys: string[];
  readonly values: V[];
}

export type Entry<V> = readonly [key: string, value: V];

/**
 * A map in the order of its keys: a list of sorted chunks, searched twice by halves. 100,000 keys are some 600 chunks.
 * Neighbours are found by key and not by position, so a reader may stop between two and go on after the map has changed.
 */
export class SortedMap<V> {
  readonly #chunks: Chunk<V>[] = [];
  #size = 0;

  constructor(private readonly chunk: number = CHUNK) {}

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    const chunk = this.#chunks[this.#chunkOf(key)];
    if (chunk === undefined) return undefined;
    const at = lowerBound(chunk.keys, key);
    return chunk.keys[at] === key ? chunk.values[at] : undefined;
  }

  set(key: string, value: V): void {
    if (this.#chunks.length === 0) this.#chunks.push({ keys: [], values: [] });
    const index = this.#chunkOf(key);
    const chunk = this.#chunks[index]!;
    const at = lowerBound(chunk.keys, key);
    if (chunk.keys[at] === key) {
      chunk.values[at] = value;
      return;
    }
    chunk.keys.splice(at, 0, key);
    chunk.values.splice(at, 0, value);
    this.#size++;
    if (chunk.keys.length > this.chunk) this.#split(index, chunk);
  }

  delete(key: string): void {
    const index = this.#chunkOf(key);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return;
    const at = lowerBound(chunk.keys, key);
    if (chunk.keys[at] !== key) return;
    chunk.keys.splice(at, 1);
    chunk.values.splice(at, 1);
    this.#size--;
    if (chunk.keys.length === 0) this.#chunks.splice(index, 1);
  }

  /** Entries of [from, to) in either direction. */
  *entries(from: string | undefined, to: string | undefined, reverse: boolean): Generator<Entry<V>, void, undefined> {
    let entry = reverse ? this.#before(to) : this.#notBefore(from ?? "");
    while (entry !== undefined) {
      const [key] = entry;
      if (reverse ? from !== undefined && key < from : to !== undefined && key >= to) return;
      yield entry;
      entry = reverse ? this.#before(key) : this.#notBefore(`${key}\0`);
    }
  }

  /** The first entry at or after the key. `key + "\0"` is the key's successor: nothing sorts between them. */
  #notBefore(key: string): Entry<V> | undefined {
    const index = this.#chunkOf(key);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return undefined;
    const at = lowerBound(chunk.keys, key);
    return at < chunk.keys.length ? entryAt(chunk, at) : entryAt(this.#chunks[index + 1], 0);
  }

  /** The last entry before the key, or the last of all. */
  #before(key: string | undefined): Entry<V> | undefined {
    const index = key === undefined ? this.#chunks.length - 1 : this.#chunkOf(key);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return undefined;
    const at = key === undefined ? chunk.keys.length : lowerBound(chunk.keys, key);
    const previous = this.#chunks[index - 1];
    return at > 0 ? entryAt(chunk, at - 1) : previous && entryAt(previous, previous.keys.length - 1);
  }

  /** The chunk where the key is or would be: the last that begins at or before it, else the first. */
  #chunkOf(key: string): number {
    let [low, high] = [0, this.#chunks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#chunks[middle]!.keys[0]! <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #split(index: number, chunk: Chunk<V>): void {
    const half = chunk.keys.length >> 1;
    this.#chunks.splice(index + 1, 0, { keys: chunk.keys.splice(half), values: chunk.values.splice(half) });
  }
}

const entryAt = <V>(chunk: Chunk<V> | undefined, at: number): Entry<V> | undefined => chunk && [chunk.keys[at]!, chunk.values[at]!];

function lowerBound(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
