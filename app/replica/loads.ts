import type { Random } from "@/domain/id";
import { failureOf, isPassing, NO_ANSWER } from "../api/failure";
import { backoff } from "./backoff";
import type { Timers } from "./ports";
import type { Failure } from "./types";

/**
 * Reads until what is wanted is there, nothing if it is there already; answers false when what came is of no use and is to be asked for
 * again.
 */
export type Attempt = () => Promise<boolean>;

interface Load {
  readonly attempt: Attempt;
  running: boolean;
  /** Asked for while it was under way: what is under way may be out of date. */
  next?: Attempt;
  tries: number;
  failure?: Failure;
  cancel?: () => void;
}

/** Tries in a row before a person, or the next connection, has to ask. */
const MAX_TRIES = 6;
const ASKS = 5;

/** What is being read from the server, each thing once at a time, and tried again while that may help. */
export class Loads<K extends string> {
  readonly #loads = new Map<K, Load>();

  constructor(private readonly deps: { timers: Timers; random: Random; changed: (key: K) => void }) {}

  failure(key: K): Failure | undefined {
    return this.#loads.get(key)?.failure;
  }

  isRunning(key: K): boolean {
    return this.#loads.get(key)?.running ?? false;
  }

  /** Starts at once, or when what is under way has ended. */
  run(key: K, attempt: Attempt): void {
    const before = this.#loads.get(key);
    if (before?.running) {
      before.next = attempt;
      return;
    }
    before?.cancel?.();
    const load: Load = { attempt, running: true, tries: before?.tries ?? 0, ...(before?.failure && { failure: before.failure }) };
    this.#loads.set(key, load);
    this.deps.changed(key);
    void this.#attempt(key, load);
  }

  /** Tries everything again that has failed: the connection is back, or a person asked. */
  again(...keys: readonly K[]): void {
    for (const [key, load] of this.#loads) {
      if (load.running || (keys.length > 0 && !keys.includes(key))) continue;
      load.tries = 0;
      this.run(key, load.attempt);
    }
  }

  /** Forgets everything that waits to be tried again. */
  stop(): void {
    for (const { cancel } of this.#loads.values()) cancel?.();
    this.#loads.clear();
  }

  async #attempt(key: K, load: Load): Promise<void> {
    try {
      for (let asked = 0; asked < ASKS; asked++) if (await load.attempt()) return this.#done(key, load);
      this.#failed(key, load, NO_ANSWER, true);
    } catch (error) {
      const failure = failureOf(error);
      this.#failed(key, load, failure ?? NO_ANSWER, failure === undefined || isPassing(failure));
    }
  }

  #done(key: K, load: Load): void {
    if (this.#loads.get(key) !== load) return;
    this.#loads.delete(key);
    if (load.next) this.run(key, load.next);
    else this.deps.changed(key);
  }

  #failed(key: K, load: Load, failure: Failure, passing: boolean): void {
    if (this.#loads.get(key) !== load) return;
    Object.assign(load, { running: false, failure, tries: load.tries + 1 });
    const attempt = load.next ?? load.attempt;
    if (passing && load.tries < MAX_TRIES) load.cancel = this.deps.timers.after(backoff(load.tries, this.deps.random), () => this.run(key, attempt));
    if (!passing && load.next) this.run(key, attempt);
    else this.deps.changed(key);
  }
}
