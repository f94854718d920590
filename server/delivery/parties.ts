import type { Clock } from "@/domain/id";
import { Lru } from "../platform/lru";
import type { Backoff } from "./backoff";

/** Different entries that fail one after the other before it is their common party's fault and not their own. */
const TRIPS_AT = 3;
const REMEMBERED = 10_000;

interface Trouble {
  /** Since it last answered. */
  failures: number;
  /** The one entry that is to find out whether it answers again. */
  probe?: string;
}

/**
 * Who takes part in deliveries, a mailbox or a mail domain, and whether they are to be left alone. One that fails again and again gets no
 * more work for a while, and then one piece at a time until it answers: nobody waits behind it.
 */
export class Parties {
  readonly #troubled = new Lru<string, Trouble>(REMEMBERED);
  readonly #alone = new Set<string>();
  constructor(
    private readonly backoff: Backoff,
    private readonly clock: Clock,
  ) {}

  /** How many are left alone now. */
  get alone(): number {
    return this.#alone.size;
  }

  /** Whether this piece of work must wait until the party has shown that it answers. */
  refuses(party: string, key: string): boolean {
    const trouble = this.#tripped(party);
    if (trouble === undefined) return false;
    return this.backoff.until(party) > this.clock() || (trouble.probe !== undefined && trouble.probe !== key);
  }

  began(party: string, key: string): void {
    const trouble = this.#tripped(party);
    if (trouble !== undefined) trouble.probe = key;
  }

  /** It was not tried after all. Answers whether another may be tried in its place. */
  gaveUp(party: string, key: string): boolean {
    const trouble = this.#troubled.get(party);
    if (trouble?.probe !== key) return false;
    delete trouble.probe;
    return true;
  }

  /** Answers until when it is left alone, Unix milliseconds, if it is. `first`: this entry had not failed before. */
  failed(party: string, first: boolean): number | undefined {
    const trouble = this.#troubled.get(party) ?? { failures: 0 };
    if (first || trouble.failures >= TRIPS_AT) trouble.failures++;
    delete trouble.probe;
    this.#troubled.set(party, trouble);
    if (trouble.failures < TRIPS_AT) return undefined;
    if (this.#alone.size < REMEMBERED) this.#alone.add(party);
    return this.backoff.failed(party).until;
  }

  /** Answers whether it had been left alone. */
  answered(party: string): boolean {
    const tripped = this.#tripped(party) !== undefined;
    this.#troubled.delete(party);
    this.#alone.delete(party);
    this.backoff.forget(party);
    return tripped;
  }

  #tripped(party: string): Trouble | undefined {
    const trouble = this.#troubled.get(party);
    return trouble !== undefined && trouble.failures >= TRIPS_AT ? trouble : undefined;
  }
}
