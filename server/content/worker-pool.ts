import { WorkerSlot } from "./worker-slot";
import { type TaskMap, WorkFailure } from "./worker-task";

export interface RunOptions {
  /** Milliseconds the task may take once a worker has it; the pool's own limit when left out. */
  readonly limitMs?: number;
  /** Buffers to hand over instead of copying; they are gone for the caller. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** Whatever runs tasks of a map: the pool, or in tests something simpler. Fails with WorkFailure. */
export interface Pool<T extends TaskMap> {
  run<K extends keyof T & string>(task: K, input: T[K]["input"], options?: RunOptions): Promise<T[K]["output"]>;
}

export interface WorkerPoolOptions {
  /** The worker's file: JavaScript, bundled. It calls `serve`. */
  readonly entry: URL;
  readonly workers?: number;
  /** Tasks that may wait; more fail as `overloaded`. */
  readonly waiting?: number;
  readonly limitMs?: number;
  /** Heap of one worker in MiB; a worker that wants more dies alone. Buffers are not counted in it. */
  readonly heapMb?: number;
}

interface Job {
  readonly task: string;
  readonly input: unknown;
  readonly options: RunOptions;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A few worker threads, started when first needed, each doing one task at a time under a time and a memory limit. */
export class WorkerPool<T extends TaskMap> implements Pool<T> {
  readonly #slots: readonly WorkerSlot[];
  readonly #waiting: Job[] = [];
  readonly #limitMs: number;
  readonly #maxWaiting: number;
  #closed = false;

  constructor({ entry, workers = 2, waiting = 64, limitMs = 2_000, heapMb = 192 }: WorkerPoolOptions) {
    this.#slots = Array.from({ length: workers }, () => new WorkerSlot(entry, heapMb));
    this.#maxWaiting = waiting;
    this.#limitMs = limitMs;
  }

  async run<K extends keyof T & string>(task: K, input: T[K]["input"], options: RunOptions = {}): Promise<T[K]["output"]> {
    if (this.#closed) throw new WorkFailure("closed");
    if (this.#waiting.length >= this.#maxWaiting) throw new WorkFailure("overloaded");
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, input, options, resolve, reject });
      this.#next();
    });
  }

  /** Fails what waits and ends the threads. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(new WorkFailure("closed"));
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }

  #next(): void {
    const slot = this.#slots.find(({ busy }) => !busy);
    const job = slot && this.#waiting.shift();
    if (!slot || !job) return;
    void slot
      .run(job.task, job.input, job.options.transfer ?? [], job.options.limitMs ?? this.#limitMs)
      .then(job.resolve, job.reject)
      .finally(() => this.#next());
  }
}
