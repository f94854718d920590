export interface LanesOptions<T> {
  /** Pieces under way at once, in all lanes and in one. */
  readonly width: number;
  readonly laneWidth: number;
  /** Pieces that may queue in one lane. */
  readonly laneLength: number;
  readonly work: (item: T) => Promise<void>;
}

interface Lane<T> {
  readonly name: string;
  readonly queue: T[];
  running: number;
}

/** Work in lanes, each in the order it came. The lanes take turns, so a long one does not hold up the others. */
export class Lanes<T> {
  readonly #lanes = new Map<string, Lane<T>>();
  /** The lanes that could begin something now, whose turn it is first. */
  readonly #turn = new Set<Lane<T>>();
  #running = 0;
  #queued = 0;
  #idle: (() => void)[] = [];

  constructor(private readonly options: LanesOptions<T>) {}

  get size(): number {
    return this.#queued + this.#running;
  }

  queued(name: string): number {
    return this.#lanes.get(name)?.queue.length ?? 0;
  }

  isFull(name: string): boolean {
    return this.queued(name) >= this.options.laneLength;
  }

  add(name: string, item: T): void {
    const lane = this.#lanes.get(name) ?? { name, queue: [], running: 0 };
    this.#lanes.set(name, lane);
    lane.queue.push(item);
    this.#queued++;
    this.#invite(lane);
    this.#fill();
  }

  /** Forgets what has not begun. */
  clear(): void {
    for (const lane of this.#lanes.values()) lane.queue.length = 0;
    this.#turn.clear();
    this.#queued = 0;
    this.#rest();
  }

  idle(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  #invite(lane: Lane<T>): void {
    if (lane.queue.length > 0 && lane.running < this.options.laneWidth) this.#turn.add(lane);
  }

  #fill(): void {
    for (const lane of this.#turn) {
      if (this.#running >= this.options.width) return;
      this.#turn.delete(lane);
      this.#begin(lane);
      this.#invite(lane); // at the end: it is visited again after all others
    }
  }

  #begin(lane: Lane<T>): void {
    const item = lane.queue.shift() as T;
    this.#queued--;
    this.#running++;
    lane.running++;
    void this.options.work(item).finally(() => this.#done(lane));
  }

  #done(lane: Lane<T>): void {
    this.#running--;
    lane.running--;
    this.#invite(lane);
    this.#fill();
    if (lane.running === 0 && lane.queue.length === 0) this.#lanes.delete(lane.name);
    this.#rest();
  }

  #rest(): void {
    if (this.size === 0) for (const wake of this.#idle.splice(0)) wake();
  }
}
