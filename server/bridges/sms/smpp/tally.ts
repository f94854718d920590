import type { Clock } from "@/domain/id";
import { Counted } from "@/server/platform/history";
import { Spread } from "@/server/platform/spread";
import type { SmppFailure } from "./failure";

export interface Counts {
  /** Taken by the carrier since the start. */
  readonly submitted: number;
  /** Times it said that this is too fast: since the start, and in the last hour. */
  readonly throttled: number;
  readonly throttledLately: number;
  /** Milliseconds until the carrier answered, in the last hour: of half of all at most, and of 99 in 100. */
  readonly roundTrip?: { readonly p50: number; readonly p99: number };
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
  received = 0;
  notKept = 0;
  readonly throttled: Counted;
  readonly roundTrip: Spread;
  readonly #failures = new Map<string, number>();
  #lastError: Counts["lastError"];

  constructor(private readonly clock: Clock) {
    [this.throttled, this.roundTrip] = [new Counted(clock), new Spread(clock)];
  }

  failed({ code, message }: SmppFailure): void {
    const key = this.#failures.has(code) || this.#failures.size < MAX_CODES ? code : "others";
    this.#failures.set(key, (this.#failures.get(key) ?? 0) + 1);
    this.#lastError = { at: this.clock(), code, words: message };
  }

  counts(): Counts {
    const { submitted, received, notKept } = this;
    return {
      ...{ submitted, received, notKept, throttled: this.throttled.total, throttledLately: this.throttled.hour },
      failures: Object.fromEntries(this.#failures),
      ...this.#times(),
      ...(this.#lastError && { lastError: this.#lastError }),
    };
  }

  #times(): Pick<Counts, "roundTrip"> {
    const [p50, p99] = [this.roundTrip.at(0.5), this.roundTrip.at(0.99)];
    return p50 === undefined || p99 === undefined ? {} : { roundTrip: { p50, p99 } };
  }
}
