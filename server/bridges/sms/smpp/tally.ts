import type { Clock } from "@/domain/id";
import type { SmppFailure } from "./failure";

export interface Counts {
  /** Taken by the carrier since the start. */
  readonly submitted: number;
  /** Times it said that this is too fast. */
  readonly throttled: number;
  /** Incoming messages kept, and those given back to the carrier. */
  readonly received: number;
  readonly notKept: number;
  /** By code: messages that failed, and links that ended. */
  readonly failures: Readonly<Record<string, number>>;
  /** In words; `at` in Unix milliseconds. */
  readonly lastError?: { readonly at: number; readonly code: string; readonly words: string };
}

/** A carrier may invent codes; more different ones than this are counted together. */
const MAX_CODES = 50;

export class Tally {
  submitted = 0;
  throttled = 0;
  received = 0;
  notKept = 0;
  readonly #failures = new Map<string, number>();
  #lastError: Counts["lastError"];

  constructor(private readonly clock: Clock) {}

  failed({ code, message }: SmppFailure): void {
    const key = this.#failures.has(code) || this.#failures.size < MAX_CODES ? code : "others";
    this.#failures.set(key, (this.#failures.get(key) ?? 0) + 1);
    this.#lastError = { at: this.clock(), code, words: message };
  }

  counts(): Counts {
    const { submitted, throttled, received, notKept } = this;
    return { submitted, throttled, received, notKept, failures: Object.fromEntries(this.#failures), ...(this.#lastError && { lastError: this.#lastError }) };
  }
}
