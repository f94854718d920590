import type { Clock } from "@/domain/id";
import type { Timers } from "../platform/timers";

export interface WaitingOptions<T> {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly most: number;
  readonly due: (item: T) => void;
}

interface Later<T> {
  /** Unix milliseconds. */
  readonly at: number;
  readonly item: T;
}

/** What is to be done later, in the order of its time; of more than it can hold, what is due last goes. One timer for all. */
export class Waiting<T extends { readonly key: string }> {
  readonly #sorted: Later<T>[] = [];
  readonly #times = new Map<string, number>();
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(private readonly options: WaitingOptions<T>) {}

  /** Answers what had to go, perhaps this one itself. A key may wait once. */
  add(at: number, item: T): Later<T> | undefined {
    this.#sorted.splice(this.#place(at, item.key), 0, { at, item });
    this.#times.set(item.key, at);
    const gone = this.#sorted.length > this.options.most ? this.#sorted.pop() : undefined;
    if (gone !== undefined) this.#times.delete(gone.item.key);
    this.#arm();
    return gone;
  }

  remove(key: string): void {
    const at = this.#times.get(key);
    if (at === undefined) return;
    this.#times.delete(key);
    this.#sorted.splice(this.#place(at, key), 1);
    this.#arm();
  }

  /** Everything that this is true of is due now. */
  hasten(chosen: (item: T) => boolean): void {
    for (const { item } of this.#sorted.filter(({ item }) => chosen(item))) {
      this.remove(item.key);
      this.options.due(item);
    }
  }

  clear(): void {
    this.#sorted.length = 0;
    this.#times.clear();
    this.#arm();
  }

  /** Where it is, or belongs: by time, then by key. */
  #place(at: number, key: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#sorted[middle] as Later<T>;
      if (other.at < at || (other.at === at && other.item.key < key)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #arm(): void {
    const at = this.#sorted[0]?.at;
    if (at === this.#timer?.at) return;
    this.#timer?.cancel();
    this.#timer = at === undefined ? undefined : { at, cancel: this.options.timers.after(at - this.options.clock(), () => this.#ring()) };
  }

  #ring(): void {
    this.#timer = undefined;
    const now = this.options.clock();
    const count = this.#sorted.findIndex(({ at }) => at > now);
    const due = this.#sorted.splice(0, count < 0 ? this.#sorted.length : count);
    for (const { item } of due) this.#times.delete(item.key);
    this.#arm();
    for (const { item } of due) this.options.due(item);
  }
}
