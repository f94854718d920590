import type { Clock, Id } from "@/domain/id";
import { phoneForms, phoneKey } from "@/domain/phone";
import { Lru } from "@/server/platform/lru";
import type { SmsRows } from "./rows";

interface Kept {
  readonly stopped: boolean;
  readonly at: number;
  /** The text that said so. */
  readonly by?: Id;
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
    return !(await this.#kept(phone)).stopped;
  }

  /** Answers whether that is news: what the same text says again after a crash still is. */
  async say(phone: string, stopped: boolean, by: Id): Promise<boolean> {
    const known = await this.#kept(phone);
    const kept = { stopped, at: this.clock(), by };
    await this.rows.put("pair", new Map([[rowOf(phoneKey(phone)), { consent: kept }]]));
    this.#known.set(phoneKey(phone), kept);
    return known.stopped !== stopped || known.by === by;
  }

  async #kept(phone: string): Promise<Kept> {
    const known = this.#known.get(phoneKey(phone)) ?? (await this.#lastSaid(phone)) ?? { stopped: false, at: 0 };
    this.#known.set(phoneKey(phone), known);
    return known;
  }

  /** It is kept under the key of the phone; before there were keys, under the number it was said from. */
  async #lastSaid(phone: string): Promise<Kept | undefined> {
    const said = await Promise.all(phoneForms(phone).map((form) => this.rows.get<Kept>(rowOf(form), "pair", "consent")));
    return said.reduce((last, one) => (one !== undefined && one.at > (last?.at ?? -1) ? one : last));
  }
}

const rowOf = (phone: string): string => `c:${phone}`;
