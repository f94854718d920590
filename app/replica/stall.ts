import type { Clock, Id } from "@/domain/id";
import type { Timers } from "./ports";

/** Milliseconds for which an act may be on its way before the person is told that it waits. */
const LONG = 2_500;

export interface StallDeps {
  readonly timers: Timers;
  readonly clock: Clock;
  /** Since when what the person did has not been taken, Unix milliseconds; undefined once all is. */
  readonly stalled: (since: number | undefined) => void;
}

/** Acts that the server does not take although it can be reached, as when its store pauses. */
export class Stall {
  readonly #begun = new Map<Id, { readonly at: number; readonly cancel: () => void; late: boolean }>();
  #told: number | undefined;

  constructor(private readonly deps: StallDeps) {}

  /** An act is given to the server, perhaps again: the first time counts. */
  began(maker: Id): void {
    if (this.#begun.has(maker)) return;
    const act = { at: this.deps.clock(), cancel: this.deps.timers.after(LONG, () => this.#late(maker)), late: false };
    this.#begun.set(maker, act);
  }

  ended(maker: Id): void {
    this.#begun.get(maker)?.cancel();
    if (this.#begun.delete(maker)) this.#tell();
  }

  #late(maker: Id): void {
    const act = this.#begun.get(maker);
    if (act) act.late = true;
    this.#tell();
  }

  #tell(): void {
    const late = [...this.#begun.values()].filter((act) => act.late).map(({ at }) => at);
    const since = late.length === 0 ? undefined : Math.min(...late);
    if (since !== this.#told) this.deps.stalled(since);
    this.#told = since;
  }
}
