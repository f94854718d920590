import { createHmac, timingSafeEqual } from "node:crypto";
import { normalEmail } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Clock, Id, Random } from "@/domain/id";
import { Prisma, type PrismaClient } from "../generated/prisma/client";
import { guarded } from "./db/failure";

export interface AddressBookOptions {
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly mintId: () => Id;
  /** Keys the hashes of codes: six digits alone are soon guessed by who has the table. */
  readonly secret: string;
  /** The part after the @ of everybody's Braid address; such addresses need no proof and cannot be claimed. */
  readonly domain: string;
  /** Sends the code. The claim is answered when this resolves. */
  readonly sendCode: (mail: { readonly to: string; readonly code: string; readonly name: string }) => Promise<void>;
  /** An address began or ceased to be somebody's. */
  readonly changed?: (userId: Id, address: string) => void;
}

const CODE_LIVES = 15 * 60_000;
const MAX_ATTEMPTS = 5;
const WINDOW = 60 * 60_000;
const MAX_CODES = 3;

/** Which addresses elsewhere are whose. An address is somebody's once a code sent to it has come back. */
export class AddressBook {
  constructor(private readonly options: AddressBookOptions) {}

  /** Verified addresses, oldest first, then those whose code is awaited. */
  async list(userId: Id): Promise<{ email: string; verifiedAt?: number }[]> {
    const { prisma, clock } = this.options;
    const [verified, awaited] = await guarded(() =>
      Promise.all([
        prisma.address.findMany({ where: { userId }, orderBy: { verifiedAt: "asc" } }),
        prisma.addressChallenge.findMany({ where: { userId, expiresAt: { gt: new Date(clock()) } }, orderBy: { createdAt: "asc" } }),
      ]),
    );
    const known = new Map<string, { email: string; verifiedAt?: number }>();
    for (const { value, verifiedAt } of verified) known.set(value, { email: value, verifiedAt: verifiedAt.getTime() });
    for (const { value } of awaited) if (!known.has(value)) known.set(value, { email: value });
    return [...known.values()];
  }

  /**
   * Sends a code to an address. Whether the address is somebody else's shows only to who can read the mail. Fails with address/invalid, or
   * request/too-many after three codes in an hour for the account or the address.
   */
  async claim(userId: Id, text: string): Promise<void> {
    const email = this.#outside(text);
    const challenge = await guarded(() => this.#challenge(userId, email));
    if (challenge !== undefined) await this.options.sendCode({ to: email, ...challenge });
  }

  /** Fails with address/wrong-code, or with address/taken when the address was verified by another account. */
  async confirm(userId: Id, text: string, code: string): Promise<void> {
    const email = this.#outside(text);
    const id = await guarded(() => this.#check(userId, email, code.replace(/\s/g, "")));
    await guarded(() => this.#take(userId, email, id));
    this.options.changed?.(userId, email);
  }

  /** Gives up an address or a claim to one. Giving up what one does not have is done already. */
  async remove(userId: Id, text: string): Promise<void> {
    const email = this.#outside(text);
    const { prisma } = this.options;
    await guarded(() => prisma.address.deleteMany({ where: { userId, value: email } }));
    await guarded(() => prisma.addressChallenge.updateMany({ where: { userId, value: email }, data: { expiresAt: new Date(0) } }));
    this.options.changed?.(userId, email);
  }

  #outside(text: string): string {
    const email = normalEmail(text);
    if (email === undefined) throw new AppError("address/invalid");
    if (email.endsWith(`@${this.options.domain}`)) throw new AppError("address/invalid", "Addresses of this Braid belong to their handles already.");
    return email;
  }

  /** A new code, committed; undefined when the address is the caller's already. Locks, so that claims at the same moment count each other. */
  #challenge(userId: Id, email: string): Promise<{ code: string; name: string } | undefined> {
    const { prisma, clock, mintId } = this.options;
    return prisma.$transaction(async (tx) => {
      for (const key of [email, userId].sort()) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
      if ((await tx.address.count({ where: { userId, value: email } })) > 0) return undefined;
      const now = clock();
      await this.#count(tx, userId, email, now);
      const [id, code] = [mintId(), this.#code()];
      const times = { createdAt: new Date(now), expiresAt: new Date(now + CODE_LIVES) };
      await tx.addressChallenge.updateMany({ where: { userId, value: email, expiresAt: { gt: new Date(now) } }, data: { expiresAt: new Date(now) } });
      await tx.addressChallenge.create({ data: { id, userId, value: email, codeHash: this.#hash(id, code), ...times } });
      const { name } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
      return { code, name };
    });
  }

  async #count(tx: Prisma.TransactionClient, userId: Id, email: string, now: number): Promise<void> {
    const past = new Date(now - WINDOW);
    await tx.addressChallenge.deleteMany({ where: { createdAt: { lte: past }, OR: [{ userId }, { value: email }] } });
    const [byAccount, byAddress] = [
      await tx.addressChallenge.count({ where: { userId, createdAt: { gt: past } } }),
      await tx.addressChallenge.count({ where: { value: email, createdAt: { gt: past } } }),
    ];
    if (Math.max(byAccount, byAddress) >= MAX_CODES) throw new AppError("request/too-many", "That is enough codes for now. Try again in an hour.");
  }

  /** Counts the attempt before it looks, so that attempts at the same moment are all counted. */
  async #check(userId: Id, email: string, code: string): Promise<Id> {
    const { prisma, clock } = this.options;
    const where = { userId, value: email, expiresAt: { gt: new Date(clock()) }, attempts: { lt: MAX_ATTEMPTS } };
    const challenge = await prisma.addressChallenge.findFirst({ where, orderBy: { createdAt: "desc" } });
    if (challenge === null) throw new AppError("address/wrong-code");
    const { count } = await prisma.addressChallenge.updateMany({ where: { ...where, id: challenge.id }, data: { attempts: { increment: 1 } } });
    if (count === 0 || !isEqual(challenge.codeHash, this.#hash(challenge.id, code))) throw new AppError("address/wrong-code");
    return challenge.id;
  }

  async #take(userId: Id, email: string, challengeId: Id): Promise<void> {
    const { prisma, clock, mintId } = this.options;
    const data = { id: mintId(), userId, value: email, verifiedAt: new Date(clock()) };
    try {
      await prisma.$transaction(async (tx) => {
        await tx.addressChallenge.update({ where: { id: challengeId }, data: { expiresAt: new Date(clock()) } });
        await tx.address.create({ data });
      });
    } catch (error) {
      if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")) throw error;
      if ((await prisma.address.count({ where: { userId, value: email } })) === 0) throw new AppError("address/taken");
    }
  }

  #code(): string {
    const number = Buffer.from(this.options.random(6)).readUIntBE(0, 6);
    return String(number % 1_000_000).padStart(6, "0");
  }

  #hash(id: Id, code: string): string {
    return createHmac("sha256", this.options.secret).update(`address-code:${id}:${code}`).digest("hex");
  }
}

const isEqual = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
