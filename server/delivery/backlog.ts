/** Work in the order it came, at most `width` pieces at a time. */
export class Backlog<T> {
  #queue: T[] = [];
  #next = 0;
  #running = 0;
  #idle: (() => void)[] = [];

  constructor(
    private readonly width: number,
    private readonly work: (item: T) => Promise<void>,
  ) {}

  get size(): number {
    return this.#queue.length - this.#next + this.#running;
  }

  add(item: T): void {
    this.#queue.push(item);
    this.#fill();
  }

  clear(): void {
    this.#queue = [];
    this.#next = 0;
  }

  idle(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  #fill(): void {
    while (this.#running < this.width && this.#next < this.#queue.length) {
      const item = this.#queue[this.#next++] as T;
      this.#running++;
      void this.work(item).finally(() => this.#done());
    }
    if (this.#next > 1_000 && this.#next * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#next);
      this.#next = 0;
    }
  }

  #done(): void {
    this.#running--;
    this.#fill();
    if (this.size === 0) for (const wake of this.#idle.splice(0)) wake();
  }
}
