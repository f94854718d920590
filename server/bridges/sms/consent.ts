import type { Clock } from "@/domain/id";
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
    const known = this.#known.get(phone) ?? (await this.rows.get<Kept>(rowOf(phone), "pair", "consent")) ?? { stopped: false, at: 0 };
    this.#known.set(phone, known);
    return !known.stopped;
  }

  /** Answers whether that is news. */
  async say(phone: string, stopped: boolean): Promise<boolean> {
    const before = await this.allows(phone);
    const kept = { stopped, at: this.clock() };
    await this.rows.put("pair", new Map([[rowOf(phone), { consent: kept }]]));
    this.#known.set(phone, kept);
    return before === stopped;
  }
}

const rowOf = (phone: string): string => `c:${phone}`;
