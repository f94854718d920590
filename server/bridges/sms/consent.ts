import type { Clock } from "@/domain/id";
import { phoneForms, phoneKey } from "@/domain/phone";
import { Lru } from "@/server/platform/lru";
import type { SmsRows } from "./rows";

interface Kept {
  readonly stopped: boolean;
  readonly at: number;
}

const REMEMBERED = 50_000;

/** Who does not want to be written to. What is said counts at once and for ever, until the opposite is said. */
export class Consent {
  readonly #known = new Lru<string, Kept>(REMEMBERED);

  constructor(
    private readonly rows: SmsRows,
    private readonly clock: Clock,
  ) {}

  async allows(phone: string): Promise<boolean> {
    const known = this.#known.get(phoneKey(phone)) ?? (await this.#lastSaid(phone)) ?? { stopped: false, at: 0 };
    this.#known.set(phoneKey(phone), known);
    return !known.stopped;
  }

  /** Answers whether that is news. */
  async say(phone: string, stopped: boolean): Promise<boolean> {
    const before = await this.allows(phone);
    const kept = { stopped, at: this.clock() };
    await this.rows.put("pair", new Map([[rowOf(phoneKey(phone)), { consent: kept }]]));
    this.#known.set(phoneKey(phone), kept);
    return before === stopped;
  }

  /** It is kept under the key of the phone; before there were keys, under the number it was said from. */
  async #lastSaid(phone: string): Promise<Kept | undefined> {
    const said = await Promise.all(phoneForms(phone).map((form) => this.rows.get<Kept>(rowOf(form), "pair", "consent")));
    return said.reduce((last, one) => (one !== undefined && one.at > (last?.at ?? -1) ? one : last));
  }
}

const rowOf = (phone: string): string => `c:${phone}`;
