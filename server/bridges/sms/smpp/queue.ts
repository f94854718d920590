import type { SmppFailure } from "./failure";

export interface Queued {
  /** As `encodeSubmit` made it. */
  readonly submit: Buffer;
  readonly resolve: (taken: { readonly messageId: string }) => void;
  readonly reject: (failure: SmppFailure) => void;
  /** It was taken after all. */
  readonly late: (messageId: string) => void;
  /** Unix milliseconds; what has not left by then is given back. */
  readonly deadline: number;
  /** When it came here. */
  readonly since: number;
  stopTimer: () => void;
  /** Why it is not gone yet, if the carrier said something. */
  reason?: SmppFailure;
}

/** Messages that wait for a place in the window: first come, first gone. Those that the carrier gave back were here first. */
export class Queue {
  readonly #fresh = new Set<Queued>();
  readonly #back = new Set<Queued>();

  get size(): number {
    return this.#fresh.size + this.#back.size;
  }

  /** Since when the one that waits longest does. */
  get oldest(): number | undefined {
    const [[back], [fresh]] = [this.#back, this.#fresh];
    return back && fresh ? Math.min(back.since, fresh.since) : (back ?? fresh)?.since;
  }

  add(one: Queued): void {
    this.#fresh.add(one);
  }

  /** It comes before all that never left, behind those given back before it. */
  giveBack(one: Queued): void {
    this.#back.add(one);
  }

  next(): Queued | undefined {
    const [one] = this.#back.size > 0 ? this.#back : this.#fresh;
    if (one) this.remove(one);
    return one;
  }

  /** Answers whether it was still waiting. */
  remove(one: Queued): boolean {
    return this.#back.delete(one) || this.#fresh.delete(one);
  }

  clear(): Queued[] {
    const all = [...this.#back, ...this.#fresh];
    this.#back.clear();
    this.#fresh.clear();
    return all;
  }
}
