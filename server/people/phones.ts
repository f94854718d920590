import { normalPhone } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import { phoneKey } from "@/domain/phone";
import type { Prisma, PrismaClient } from "../generated/prisma/client";
import { guarded } from "./db/failure";
import { PhoneCodes, type PhoneCodesOptions } from "./phone-codes";

/** A phone that was one account's and is another's now. */
export interface PhoneMove {
  readonly id: Id;
  readonly number: string;
  readonly from: Id;
  readonly to: Id;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface PhoneBookOptions extends PhoneCodesOptions {
  readonly prisma: PrismaClient;
  /** Sends the code. The claim is answered when this resolves; fails with a code `phone/...`. */
  readonly sendCode: (sms: { readonly to: string; readonly code: string }) => Promise<void>;
  /** A phone began or ceased to be somebody's. */
  readonly changed: (userId: Id) => void;
  /** Tells whose phone it was. It is asked again until it succeeds, so a repeat must do nothing. */
  readonly tell: (move: PhoneMove) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

export interface ListedPhone {
  readonly number: string;
  /** Missing while its code is awaited. */
  readonly linkedAt?: number;
}

const MAX_PHONES = 10;

/** Which phones are whose. A phone is the account's in which a code was entered that came by SMS to it. */
export class PhoneBook {
  readonly #codes: PhoneCodes;
  constructor(private readonly options: PhoneBookOptions) {
    this.#codes = new PhoneCodes(options);
  }

  /** Linked phones, oldest first, then those whose code is awaited. */
  async list(userId: Id): Promise<ListedPhone[]> {
    const { prisma, clock } = this.options;
    const [linked, awaited] = await guarded(() =>
      Promise.all([
        prisma.phone.findMany({ where: { userId }, orderBy: { verifiedAt: "asc" } }),
        prisma.phoneCode.findMany({ where: { userId, expiresAt: { gt: new Date(clock()) } }, orderBy: { createdAt: "asc" } }),
      ]),
    );
    const known = new Map<string, ListedPhone>();
    for (const { key, number, verifiedAt } of linked) known.set(key, { number, linkedAt: verifiedAt.getTime() });
    for (const { key, number } of awaited) if (!known.has(key)) known.set(key, { number });
    return [...known.values()];
  }

  /**
   * Sends a code to a phone. Whether it is somebody else's shows only to who can read it. Fails with address/invalid, request/too-many, or
   * a code `phone/...`.
   */
  async claim(userId: Id, text: string, caller: string): Promise<void> {
    const number = e164(text);
    const issued = await this.#locked((tx) => this.#challenge(tx, userId, number, caller));
    if (issued === undefined) return;
    await this.options.sendCode({ to: number, code: issued.code }).catch(async (error: unknown) => {
      await this.#expire({ id: issued.id });
      throw error;
    });
  }

  /** A code for whoever has the phone in hand, which asked for it by itself; undefined when there have been too many. */
  async asked(number: string): Promise<string | undefined> {
    try {
      return (await this.#locked((tx) => this.#codes.issue(tx, { number }))).code;
    } catch (error) {
      if (error instanceof AppError && (error.code === "request/too-many" || error.code === "phone/no-more-codes")) return undefined;
      throw error;
    }
  }

  /**
   * Links the phone that the code came to, and takes it from whoever had it before: they are told. Fails with address/wrong-code, or with
   * request/too-many after five wrong ones.
   */
  async confirm(userId: Id, text: string, caller: string): Promise<{ number: string }> {
    const code = text.replace(/[\s-]/g, "");
    const proven = await this.#locked(async (tx) => {
      const number = await this.#codes.use(tx, { userId, caller, code });
      return number === undefined ? undefined : { number, from: await this.#take(tx, userId, number) };
    });
    if (proven === undefined) throw new AppError("address/wrong-code");
    for (const changed of [userId, proven.from]) if (changed !== undefined) this.options.changed(changed);
    if (proven.from !== undefined) await this.tellMoves();
    return { number: proven.number };
  }

  /** Gives up a phone or a claim to one. Giving up what one does not have is done already. */
  async remove(userId: Id, text: string): Promise<void> {
    const key = phoneKey(e164(text));
    await guarded(() => this.options.prisma.phone.deleteMany({ where: { userId, key } }));
    await this.#expire({ userId, key });
    this.options.changed(userId);
  }

  /** Tells those whose phone went to somebody else and who have not been told, as after a crash between the two. */
  async tellMoves(): Promise<void> {
    const { prisma, clock, tell, failed } = this.options;
    try {
      for (const { at, toldAt: _, ...move } of await guarded(() => prisma.phoneMove.findMany({ where: { toldAt: null }, take: 100 }))) {
        await tell({ ...move, at: at.getTime() });
        await guarded(() => prisma.phoneMove.update({ where: { id: move.id }, data: { toldAt: new Date(clock()) } }));
      }
    } catch (error) {
      failed(error);
    }
  }

  /** Undefined when the phone is the caller's already. */
  async #challenge(tx: Prisma.TransactionClient, userId: Id, number: string, caller: string): Promise<{ id: Id; code: string } | undefined> {
    if ((await tx.phone.count({ where: { userId, key: phoneKey(number) } })) > 0) return undefined;
    await this.#refuseTooMany(tx, userId);
    return this.#codes.issue(tx, { number, userId, caller });
  }

  /** Answers whose it was, if it was another's. */
  async #take(tx: Prisma.TransactionClient, userId: Id, number: string): Promise<Id | undefined> {
    const { clock, mintId } = this.options;
    const [key, at] = [phoneKey(number), new Date(clock())];
    const before = await tx.phone.findUnique({ where: { key } });
    if (before?.userId === userId) return undefined;
    await this.#refuseTooMany(tx, userId);
    const now = { userId, number, verifiedAt: at };
    await tx.phone.upsert({ where: { key }, create: { id: mintId(), key, ...now }, update: now });
    if (before === null) return undefined;
    await tx.phoneMove.create({ data: { id: mintId(), number: before.number, from: before.userId, to: userId, at } });
    return before.userId;
  }

  async #refuseTooMany(tx: Prisma.TransactionClient, userId: Id): Promise<void> {
    if ((await tx.phone.count({ where: { userId } })) >= MAX_PHONES) throw new AppError("request/invalid", `An account can have ${MAX_PHONES} phones.`);
  }

  async #expire(where: Prisma.PhoneCodeWhereInput): Promise<void> {
    await guarded(() => this.options.prisma.phoneCode.updateMany({ where, data: { expiresAt: new Date(0) } }));
  }

  /** One after the other: requests at the same moment count each other, and a phone goes to one of two who prove it. */
  #locked<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
    return guarded(() =>
      this.options.prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('phones', 0))`;
        return work(tx);
      }),
    );
  }
}

function e164(text: string): string {
  const number = normalPhone(text);
  if (number === undefined) throw new AppError("address/invalid", "Write the number with its country code, as in +1 202 555 0143.");
  return number;
}
