import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "@/domain/error";
import type { Clock, Id, Random } from "@/domain/id";
import { countryCodeOf, phoneKey } from "@/domain/phone";
import type { Prisma } from "../generated/prisma/client";

/** Codes an hour. Each costs money, and who owns numbers somewhere earns by it: so there is an end for those that begin alike, and for all. */
export interface CodeLimits {
  readonly phone: number;
  readonly account: number;
  readonly caller: number;
  /** Numbers that differ in their last four digits only: they are sold together. */
  readonly range: number;
  readonly country: number;
  readonly all: number;
}

export interface PhoneCodesOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly mintId: () => Id;
  /** Keys the hashes: digits alone are soon guessed by who has the table. */
  readonly secret: string;
  readonly limits?: CodeLimits;
}

/** Whom a code is for. Without an account the phone itself asked, and the code is for whoever enters it: it is longer then. */
export interface CodeFor {
  readonly number: string;
  readonly userId?: Id;
  readonly caller?: string;
}

interface Sent {
  readonly number: string;
  readonly key: string;
  readonly userId: string | null;
  readonly caller: string | null;
}

const LIMITS: CodeLimits = { phone: 3, account: 5, caller: 15, range: 10, country: 60, all: 200 };
const HOUR = 60 * 60_000;
const CODE_LIVES = 15 * 60_000;
const MAX_TRIES = { account: 5, caller: 20 };
const DIGITS = { account: 6, phone: 10 };

/** Codes that prove who has a phone: made, counted and compared within a transaction that holds the lock of all phones. */
export class PhoneCodes {
  constructor(private readonly options: PhoneCodesOptions) {}

  /** A new code in place of the last. Fails with request/too-many or phone/no-more-codes. */
  async issue(tx: Prisma.TransactionClient, wanted: CodeFor): Promise<{ id: Id; code: string }> {
    const { clock, mintId, limits = LIMITS } = this.options;
    const { number, userId = null, caller = null } = wanted;
    const [now, key] = [clock(), phoneKey(number)];
    await tx.phoneCode.deleteMany({ where: { createdAt: { lte: new Date(now - HOUR) } } });
    refuseIf(reached(await tx.phoneCode.findMany(), { number, key, userId, caller }, limits));
    await tx.phoneCode.updateMany({ where: { userId, key, expiresAt: { gt: new Date(now) } }, data: { expiresAt: new Date(now) } });
    const [id, code] = [mintId(), this.#code(userId === null ? DIGITS.phone : DIGITS.account)];
    const times = { createdAt: new Date(now), expiresAt: new Date(now + CODE_LIVES) };
    await tx.phoneCode.create({ data: { id, userId, number, key, caller, codeHash: this.#hash(id, code), ...times } });
    return { id, code };
  }

  /**
   * The number that a code is of, and the code is used up; undefined when it is wrong or too old. The try is counted either way, so the caller
   * must commit. Fails with request/too-many after five wrong tries of an account within the life of a code.
   */
  async use(tx: Prisma.TransactionClient, { userId, caller, code }: { userId: Id; caller: string; code: string }): Promise<string | undefined> {
    await this.#count(tx, userId, caller);
    const now = new Date(this.options.clock());
    const living = await tx.phoneCode.findMany({ where: { expiresAt: { gt: now }, OR: [{ userId }, { userId: null }] } });
    const [found] = living.filter(({ id, codeHash }) => isEqual(codeHash, this.#hash(id, code)));
    if (found === undefined) return undefined;
    await tx.phoneCode.update({ where: { id: found.id }, data: { expiresAt: now } });
    await tx.phoneTry.deleteMany({ where: { userId } });
    return found.number;
  }

  async #count(tx: Prisma.TransactionClient, userId: Id, caller: string): Promise<void> {
    const { clock, mintId } = this.options;
    const now = clock();
    await tx.phoneTry.deleteMany({ where: { at: { lte: new Date(now - CODE_LIVES) } } });
    const [byAccount, byCaller] = [await tx.phoneTry.count({ where: { userId } }), await tx.phoneTry.count({ where: { caller } })];
    if (byAccount >= MAX_TRIES.account || byCaller >= MAX_TRIES.caller)
      throw new AppError("request/too-many", "That is enough tries for now. Try again in a quarter of an hour.");
    await tx.phoneTry.create({ data: { id: mintId(), userId, caller, at: new Date(now) } });
  }

  #code(digits: number): string {
    const number = Buffer.from(this.options.random(8)).readBigUInt64BE();
    return String(number % 10n ** BigInt(digits)).padStart(digits, "0");
  }

  #hash(id: Id, code: string): string {
    return createHmac("sha256", this.options.secret).update(`phone-code:${id}:${code}`).digest("hex");
  }
}

/** Which limit a further code would break; those that say nothing about others come first. */
function reached(sent: readonly Sent[], wanted: Sent, limits: CodeLimits): keyof CodeLimits | undefined {
  const same: Readonly<Record<keyof CodeLimits, (code: Sent) => boolean>> = {
    account: ({ userId }) => userId !== null && userId === wanted.userId,
    phone: ({ key }) => key === wanted.key,
    caller: ({ caller }) => caller !== null && caller === wanted.caller,
    range: ({ number }) => number.slice(0, -4) === wanted.number.slice(0, -4),
    country: ({ number }) => countryCodeOf(number) === countryCodeOf(wanted.number),
    all: () => true,
  };
  const kinds = Object.keys(same) as (keyof CodeLimits)[];
  return kinds.find((kind) => sent.filter(same[kind]).length >= limits[kind]);
}

function refuseIf(limit: keyof CodeLimits | undefined): void {
  if (limit === undefined) return;
  const isOwn = limit === "account" || limit === "phone" || limit === "caller";
  throw isOwn ? new AppError("request/too-many", "That is enough codes for now. Try again in an hour.") : new AppError("phone/no-more-codes");
}

const isEqual = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
