import type { Action } from "@/domain/action";
import type { MailboxHead } from "@/domain/reduce";

/** What one entry did to the unread counts; unknown when its thread is not here. */
export type Shift = Partial<MailboxHead["unread"]> | undefined;
export interface Recent {
  readonly action: Action;
  readonly shift: Shift;
}

/** The end of the log: what was applied lately, so that an answer that was read a little earlier can be brought up to date. */
export class Tail {
  readonly #recent: Recent[] = [];
  /** The entries kept are those after this position. */
  #start: number;

  /** Keeps at least `keep` entries. */
  constructor(
    start: number,
    private readonly keep: number,
  ) {
    this.#start = start;
  }

  push(recent: Recent): void {
    this.#recent.push(recent);
    if (this.#recent.length < 2 * this.keep) return;
    this.#recent.splice(0, this.keep);
    this.#start += this.keep;
  }

  /** Whether everything after `seq` is still here. */
  covers(seq: number): boolean {
    return seq >= this.#start && seq <= this.#start + this.#recent.length;
  }

  since(seq: number): readonly Recent[] {
    return this.#recent.slice(seq - this.#start);
  }
}
