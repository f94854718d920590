import { isHandle, normalEmail, outsideEmail, type ParticipantId } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import { outsidePerson, type Person } from "@/domain/person";
import { isReserved } from "@/domain/reserved";
import { Prisma, type PrismaClient } from "../generated/prisma/client";
import { guarded } from "./db/failure";
import type { Directory } from "./directory";
import { normalName, prefixesOf } from "./names";

export interface PeopleOptions {
  readonly prisma: PrismaClient;
  readonly directory: Directory;
  readonly domain: string;
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

  /** People to write to. An address that nobody here has is somebody outside. */
  async search(user: Id, query: string, limit: number): Promise<Person[]> {
    const people = await this.options.directory.search(query, { limit, asker: user });
    const email = normalEmail(query);
    if (people.length > 0 || email === undefined || email.endsWith(`@${this.options.domain}`)) return people;
    return (await this.options.directory.byAddress(email)) === undefined ? [outsidePerson(outsideEmail(email))] : [];
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
