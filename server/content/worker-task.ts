/**
 * Work that is done away from the main thread because its input is a stranger's and its cost cannot be known beforehand. A task map
 * names the tasks of one worker file; both sides share it.
 */
export type TaskMap = Readonly<Record<string, { readonly input: unknown; readonly output: unknown }>>;

/** What one side posts to the other; `id` pairs an answer with its question. */
export interface Question {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
}

export type Answer = { readonly id: number; readonly output: unknown } | { readonly id: number; readonly reason: string };

/** Posted once, when the worker has loaded and may be asked. */
export const READY = "ready";

/** A failure inside a task that its caller is to tell apart: `reason` is a stable code. */
export class TaskFailure extends Error {
  override readonly name = "TaskFailure";
  constructor(readonly reason: string) {
    super(reason);
  }
}

/**
 * Why work was not done.
 * - `too-slow`, `too-much-memory`: the input was too much; the worker was killed and replaced.
 * - `failed`: the task itself gave up, with its `reason`; doing it again would end the same way.
 * - `overloaded`: not started, too many wait; `unavailable`: no worker could be started; `closed`: the pool was closed. Try again later.
 */
export type WorkFailureKind = "too-slow" | "too-much-memory" | "failed" | "overloaded" | "unavailable" | "closed";

export class WorkFailure extends Error {
  override readonly name = "WorkFailure";
  constructor(
    readonly kind: WorkFailureKind,
    readonly reason: string = kind,
    options?: ErrorOptions,
  ) {
    super(`${kind}: ${reason}`.slice(0, 300), options);
  }

  /** Whether it was the input's fault, so that asking again is of no use. */
  get final(): boolean {
    return this.kind === "too-slow" || this.kind === "too-much-memory" || this.kind === "failed";
  }
}
