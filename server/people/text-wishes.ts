import { AppError } from "@/domain/error";
import { isZone } from "@/domain/hours";
import type { Clock, Id } from "@/domain/id";
import { MOST_TEXTS, type TextWishes, USUAL_WISHES } from "@/domain/texting";
import type { PrismaClient } from "../generated/prisma/client";
import { guarded } from "./db/failure";
import { Remembered } from "./remembered";

export interface TextingOf {
  /** E.164, oldest first. */
  readonly phones: readonly string[];
  readonly wishes: TextWishes;
  /** Whether the person ever said what they want. */
  readonly said: boolean;
}

export interface TextWishesOptions {
  readonly prisma: PrismaClient;
  readonly phonesOf: (person: Id) => Promise<readonly string[]>;
  readonly clock: Clock;
  /** People remembered; 20,000 when left out. */
  readonly capacity?: number;
  /** Milliseconds for which a change made by another server may go unseen. Own changes are seen at once. */
  readonly ttlMs?: number;
}

const MINUTES = 24 * 60;

/** The phones of a person and what they want to be texted of. Asked for every message that arrives, so what is warm costs no query. */
export class TextWishesOfPeople {
  readonly #known: Remembered<Id, Said>;

  constructor(private readonly options: TextWishesOptions) {
    const { clock, capacity = 20_000, ttlMs = 60_000 } = options;
    this.#known = new Remembered({ clock, capacity, ttlMs });
  }

  async of(person: Id): Promise<TextingOf> {
    const [phones, { wishes }] = await Promise.all([this.options.phonesOf(person), this.#said(person)]);
    return { phones, wishes: wishes ?? USUAL_WISHES, said: wishes !== null };
  }

  /** What decides about copies; undefined when no phone is linked, which is soon known. */
  async ofLinked(person: Id): Promise<TextingOf | undefined> {
    return (await this.options.phonesOf(person)).length === 0 ? undefined : this.of(person);
  }

  /** Fails with request/invalid; then nothing has changed. */
  async save(person: Id, wishes: TextWishes): Promise<TextingOf> {
    check(wishes);
    const row = { ...rowOf(wishes), updatedAt: new Date(this.options.clock()) };
    await guarded(() => this.options.prisma.textWishes.upsert({ where: { userId: person }, create: { userId: person, ...row }, update: row }));
    this.#known.forget(person);
    return this.of(person);
  }

  #said(person: Id): Promise<Said> {
    return this.#known.load(person, async () => {
      const row = await guarded(() => this.options.prisma.textWishes.findUnique({ where: { userId: person } }));
      return { wishes: row && wishesOf(row) };
    });
  }
}

/** null: nothing was said. */
interface Said {
  readonly wishes: TextWishes | null;
}

function check({ quiet, zone, daily }: TextWishes): void {
  const isMinute = (minute: number): boolean => Number.isInteger(minute) && minute >= 0 && minute < MINUTES;
  if (quiet && (!isMinute(quiet.from) || !isMinute(quiet.to) || quiet.from === quiet.to))
    throw new AppError("request/invalid", "Quiet hours begin and end at different times of the day.");
  if (!isZone(zone)) throw new AppError("request/invalid", "There is no such time zone.");
  if (!Number.isInteger(daily) || daily < 1 || daily > MOST_TEXTS) throw new AppError("request/invalid", `Texts a day are from 1 to ${MOST_TEXTS}.`);
}

const rowOf = ({ on, kinds, quiet, zone, daily, off }: TextWishes) => ({
  ...{ on, ...kinds, zone, daily, off: [...off], quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null },
});

type Row = ReturnType<typeof rowOf> & { readonly direct: boolean; readonly group: boolean; readonly email: boolean };

const wishesOf = ({ on, direct, group, email, quietFrom, quietTo, zone, daily, off }: Row): TextWishes => ({
  ...{ on, kinds: { direct, group, email }, zone, daily, off },
  ...(quietFrom !== null && quietTo !== null && { quiet: { from: quietFrom, to: quietTo } }),
});
