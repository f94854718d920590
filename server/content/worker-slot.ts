import { Worker } from "node:worker_threads";
import { type Answer, type Question, READY, WorkFailure } from "./worker-task";

/** How long a thread may take to load its file. A machine that swaps is slow, a missing file never answers. */
const START_MS = 15_000;

/** The place of one worker thread in a pool: starts it when there is something to do, kills it when it oversteps, starts another. */
export class WorkerSlot {
  #worker: Worker | undefined;
  #busy = false;
  #asked = 0;
  #closed = false;
  /** Ends what is waited for now, the start or an answer. */
  #fail: (failure: WorkFailure) => void = () => {};

  constructor(
    private readonly entry: URL,
    private readonly heapMb: number,
  ) {}

  get busy(): boolean {
    return this.#busy;
  }

  async run(task: string, input: unknown, transfer: readonly ArrayBuffer[], limitMs: number): Promise<unknown> {
    this.#busy = true;
    try {
      const worker = this.#worker ?? (await this.#start());
      worker.ref();
      const output = await this.#ask(worker, { id: ++this.#asked, task, input }, transfer, limitMs);
      worker.unref();
      return output;
    } finally {
      this.#busy = false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#fail(new WorkFailure("closed"));
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #start(): Promise<Worker> {
    const worker = new Worker(this.entry, { resourceLimits: { maxOldGenerationSizeMb: this.heapMb }, execArgv: [] });
    worker.on("error", (error) => this.#died(worker, new WorkFailure(isOutOfMemory(error) ? "too-much-memory" : "failed", String(error).slice(0, 200))));
    worker.on("exit", (code) => this.#died(worker, new WorkFailure("failed", `worker ended with ${code}`)));
    this.#worker = worker;
    try {
      await this.#expect(worker, START_MS, (message) => (message === READY ? { value: worker } : undefined));
    } catch (error) {
      this.#kill(worker);
      throw this.#closed ? new WorkFailure("closed") : new WorkFailure("unavailable", String(error).slice(0, 200), { cause: error });
    }
    return worker;
  }

  async #ask(worker: Worker, question: Question, transfer: readonly ArrayBuffer[], limitMs: number): Promise<unknown> {
    worker.postMessage(question, transfer);
    const reply = await this.#expect(worker, limitMs, (message) => {
      const answer = message as Answer;
      return answer.id === question.id ? { value: answer } : undefined;
    }).catch((error: unknown) => {
      this.#kill(worker);
      throw error;
    });
    if ("reason" in reply) throw new WorkFailure("failed", reply.reason);
    return reply.output;
  }

  /** Waits for the message that `pick` takes, for the end of the thread, or for the time to run out. */
  async #expect<R>(worker: Worker, limitMs: number, pick: (message: unknown) => { value: R } | undefined): Promise<R> {
    let listener: ((message: unknown) => void) | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<R>((resolve, reject) => {
        this.#fail = reject;
        timer = setTimeout(() => reject(new WorkFailure("too-slow", `more than ${limitMs} ms`)), limitMs);
        listener = (message) => {
          const picked = pick(message);
          if (picked) resolve(picked.value);
        };
        worker.on("message", listener);
      });
    } finally {
      clearTimeout(timer);
      if (listener) worker.off("message", listener);
      this.#fail = () => {};
    }
  }

  #died(worker: Worker, failure: WorkFailure): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#fail(failure);
  }

  /** A thread in an endless loop only ends by force; the next task gets a new one at once. */
  #kill(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
    void worker.terminate();
  }
}

const isOutOfMemory = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
