import { StoreError } from "../../contract";
import type { Outcome } from "./plan";

type Results = Exclude<Outcome, StoreError>;

/** A call that waits for its commit. */
interface Waiting<Call> {
  readonly call: Call;
  readonly size: Size;
  readonly resolve: (results: Results) => void;
  readonly reject: (error: StoreError) => void;
}

export interface Size {
  /** Row mutations. */
  readonly rows: number;
  readonly bytes: number;
}

/**
 * What may wait before callers are told to come back later, and what goes into one commit: not much, since to prepare a commit holds up the event
 * loop (500 rows of five cells: some 15 ms). A single call may be larger than a commit.
 */
export interface Limits {
  readonly waiting: Size;
  readonly commit: Size;
}

/**
 * Group commit: while one commit is on its way to the disk, calls gather for the next, so that however many wait, they share one sync.
 * `commit` gives each call's outcome; when it throws, nothing of the commit is known to have happened but what the error says.
 */
export class Batcher<Call> {
  #queue: Waiting<Call>[] = [];
  #size: Size = NOTHING;
  #running: Promise<void> | undefined;

  constructor(
    private readonly limits: Limits,
    private readonly commit: (calls: readonly Call[]) => Promise<readonly Outcome[]>,
  ) {}

  /** Row mutations that wait or are being committed. */
  get waiting(): number {
    return this.#size.rows;
  }

  submit(call: Call, size: Size): Promise<Results> {
    const total = add(this.#size, size);
    if (this.#size.rows > 0 && exceeds(total, this.limits.waiting)) return Promise.reject(new StoreError("overloaded", "Too many changes wait for the disk."));
    this.#size = total;
    return new Promise((resolve, reject) => {
      this.#queue.push({ call, size, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Those who have just been answered may have more to say: one turn later it is in the queue.
      await new Promise(setImmediate);
      await this.#serve(this.#take());
    }
    this.#running = undefined;
  }

  #take(): Waiting<Call>[] {
    let [size, count] = [NOTHING, 0];
    for (const waiting of this.#queue) {
      size = add(size, waiting.size);
      if (count > 0 && exceeds(size, this.limits.commit)) break;
      count++;
    }
    return this.#queue.splice(0, count);
  }

  async #serve(served: readonly Waiting<Call>[]): Promise<void> {
    const outcomes = await this.#outcomesOf(served.map(({ call }) => call));
    served.forEach(({ size, resolve, reject }, at) => {
      this.#size = subtract(this.#size, size);
      const outcome = outcomes[at]!;
      if (outcome instanceof StoreError) reject(outcome);
      else resolve(outcome);
    });
  }

  async #outcomesOf(calls: readonly Call[]): Promise<readonly Outcome[]> {
    try {
      return await this.commit(calls);
    } catch (error) {
      const failure = error instanceof StoreError ? error : new StoreError("unknown-outcome", "A commit failed in a way nobody foresaw.", { cause: error });
      return calls.map(() => failure);
    }
  }
}

const NOTHING: Size = { rows: 0, bytes: 0 };
const add = (a: Size, b: Size): Size => ({ rows: a.rows + b.rows, bytes: a.bytes + b.bytes });
const subtract = (a: Size, b: Size): Size => ({ rows: a.rows - b.rows, bytes: a.bytes - b.bytes });
const exceeds = (size: Size, limit: Size): boolean => size.rows > limit.rows || size.bytes > limit.bytes;
