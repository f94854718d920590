import type { Id } from "@/domain/id";
import type { Timers } from "@/server/platform/timers";

/** Ids in memory at once; beyond that the table they are from is the queue itself and is read again. */
const MAX_KNOWN = 10_000;

export interface WorkQueueOptions {
  readonly work: (id: Id) => Promise<void>;
  /** All there is to do, oldest first. */
  readonly backlog: () => AsyncIterable<Id>;
  readonly retryInMs: (attempts: number) => number;
  readonly deferred: (id: Id, attempts: number, retryInMs: number, error: unknown) => void;
  readonly unread: (error: unknown) => void;
  readonly timers: Timers;
  readonly concurrency: number;
}

/** Works through ids, a few at a time, each until it succeeds; one that fails waits its turn without holding up the others. */
export class WorkQueue {
  readonly #ready: Id[] = [];
  /** Everything ready, in work or waiting for another try, with its failed attempts. */
  readonly #known = new Map<Id, number>();
  readonly #cancels = new Map<Id, () => void>();
  readonly #waiters: (() => void)[] = [];
  #running = 0;
  #reading = false;
  /** Whether the table may hold ids that are not known. */
  #more = true;
  #failedReads = 0;
  #state: "new" | "started" | "stopped" = "new";

  constructor(private readonly options: WorkQueueOptions) {}

  start(): void {
    this.#state = "started";
    this.#next();
  }

  offer(id: Id): void {
    if (this.#known.has(id)) return;
    if (this.#known.size >= MAX_KNOWN) this.#more = true;
    else {
      this.#known.set(id, 0);
      this.#ready.push(id);
    }
    this.#next();
  }

  async stop(): Promise<void> {
    this.#state = "stopped";
    for (const cancel of this.#cancels.values()) cancel();
    this.#ready.length = 0;
    await this.idle();
  }

  async idle(): Promise<void> {
    if (!this.#idle) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  get #idle(): boolean {
    return this.#running === 0 && !this.#reading && (this.#state !== "started" || this.#ready.length === 0);
  }

  #next(): void {
    if (this.#state === "started") {
      if (this.#more && !this.#reading && this.#known.size < MAX_KNOWN / 2) void this.#read();
      while (this.#running < this.options.concurrency && this.#ready.length > 0) void this.#run(this.#ready.shift() as Id);
    }
    if (this.#idle) for (const resolve of this.#waiters.splice(0)) resolve();
  }

  async #run(id: Id): Promise<void> {
    this.#running++;
    try {
      await this.options.work(id);
      this.#known.delete(id);
    } catch (error) {
      this.#defer(id, error);
    }
    this.#running--;
    this.#next();
  }

  #defer(id: Id, error: unknown): void {
    const attempts = (this.#known.get(id) ?? 0) + 1;
    const pause = this.options.retryInMs(attempts);
    this.#known.set(id, attempts);
    this.options.deferred(id, attempts, pause, error);
    this.#later(id, pause, () => this.#ready.push(id));
  }

  async #read(): Promise<void> {
    this.#reading = true;
    this.#more = false;
    try {
      for await (const id of this.options.backlog()) {
        if (this.#state !== "started" || this.#more) break;
        this.offer(id);
      }
      this.#failedReads = 0;
    } catch (error) {
      this.options.unread(error);
      this.#later("", this.options.retryInMs(++this.#failedReads), () => {
        this.#more = true;
      });
    }
    this.#reading = false;
    this.#next();
  }

  #later(key: Id, ms: number, run: () => void): void {
    if (this.#state === "stopped") return;
    const cancel = this.options.timers.after(ms, () => {
      this.#cancels.delete(key);
      run();
      this.#next();
    });
    this.#cancels.set(key, cancel);
  }
}
