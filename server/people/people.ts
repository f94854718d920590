import { isHandle, normalEmail, outsideEmail, outsidePhone, type ParticipantId } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { Person } from "@/domain/person";
import { isReserved } from "@/domain/reserved";
import { Prisma, type PrismaClient } from "../generated/prisma/client";
import { guarded } from "./db/failure";
import type { Directory } from "./directory";
import { normalName, prefixesOf } from "./names";
import { numberFacts, typedNumber } from "./numbers";
import { outsider } from "./outsiders";

export interface PeopleOptions {
  readonly prisma: PrismaClient;
  readonly directory: Directory;
  readonly domain: string;
  /** Where numbers without a country code are dialled, when nothing else tells (ISO 3166-1 alpha-2). */
  readonly country?: string;
}

/** What somebody who is signed in can see and change of people. */
export class People {
  constructor(private readonly options: PeopleOptions) {}

  /** One's own account; `email` is the address it has here. */
  async me(user: Id): Promise<Person & { role: "admin" | "member"; email: string }> {
    const row = await guarded(() => this.options.prisma.user.findUnique({ where: { id: user } }));
    if (row === null) throw new AppError("account/expired");
    const { id, name, handle, hue, role, email } = row;
    return { id, name, handle, hue, role, email, outside: false };
  }

  /** Fails with request/invalid or account/handle-taken; then nothing has changed. */
  async update(user: Id, change: { readonly name?: string; readonly handle?: string }): Promise<Person> {
    const before = await this.me(user);
    const name = normalName(change.name ?? before.name);
    const handle = (change.handle ?? before.handle ?? "").trim().toLowerCase();
    if (name === undefined) throw new AppError("request/invalid", "A name has 1 to 300 characters.");
    if (!isHandle(handle)) throw new AppError("request/invalid", "A handle has small letters, digits, dots, dashes and underscores.");
    if (handle !== before.handle && isReserved(handle)) throw new AppError("account/handle-taken", "That handle is kept for those who run this Braid.");
    await this.#write(user, name, handle);
    this.options.directory.forget(user);
    return { id: user, name, handle, hue: before.hue, outside: false };
  }

  async many(ids: readonly ParticipantId[]): Promise<Person[]> {
    return [...(await this.options.directory.many(ids)).values()];
  }

  /** People to write to. An address that nobody here has is somebody outside. `region`: where the asker's device is at home. */
  async search(user: Id, query: string, limit: number, region?: string): Promise<Person[]> {
    const people = await this.options.directory.search(query, { limit, asker: user });
    if (people.length > 0) return people;
    const phone = typedNumber(query, await this.#countryOf(user, region));
    if (phone !== undefined) return [outsider(outsidePhone(phone))]; // whose it is here is not for everybody to find out
    const email = normalEmail(query);
    if (email === undefined || email.endsWith(`@${this.options.domain}`)) return [];
    return (await this.options.directory.byAddress(email)) === undefined ? [outsider(outsideEmail(email))] : [];
  }

  /** Where somebody dials from: where their own phone is of, else where this Braid is, else where their device says. */
  async #countryOf(user: Id, region: string | undefined): Promise<string | undefined> {
    const [phone] = await this.options.directory.phonesOf(user);
    return (phone && numberFacts(phone).country) ?? this.options.country ?? region;
  }

  async #write(id: Id, name: string, handle: string): Promise<void> {
    const data = { name, handle, email: `${handle}@${this.options.domain}`, prefixes: prefixesOf(name, handle) };
    try {
      await guarded(() => this.options.prisma.user.update({ where: { id }, data }));
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") throw new AppError("account/handle-taken");
      throw error;
    }
  }
}
