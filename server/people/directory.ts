import { isHandle, isOutside, isPhone, normalEmail, type ParticipantId } from "@/domain/address";
import { type Clock, type Id, isId } from "@/domain/id";
import type { Person } from "@/domain/person";
import { phoneKey } from "@/domain/phone";
import { isRole } from "@/domain/reserved";
import type { PrismaClient } from "../generated/prisma/client";
import { guarded } from "./db/failure";
import { indexedTerm, termsOf, wordsOf } from "./names";
import { outsider } from "./outsiders";
import { Remembered } from "./remembered";

export interface DirectoryOptions {
  readonly prisma: PrismaClient;
  /** The part after the @ of everybody's Braid address. */
  readonly domain: string;
  readonly clock: Clock;
  /** Entries remembered of each kind; 20,000 when left out. */
  readonly capacity?: number;
  /** Milliseconds for which a change made by another server may go unseen; a minute when left out. Own changes are seen at once. */
  readonly ttlMs?: number;
}

const SELECT = { id: true, name: true, handle: true, hue: true } as const;
type Row = { readonly id: string; readonly name: string; readonly handle: string; readonly hue: number };

/** Ids in one query, at most. */
const CHUNK = 512;

/** Who is who: people by id, handle, address and name. What is warm costs no query. Failures of the database are AppErrors `store/...`. */
export class Directory {
  readonly #people: Remembered<Id, Person>;
  readonly #handles: Remembered<string, Id>;
  /** By address, or by the key of a phone. null: nobody's. */
  readonly #owners: Remembered<string, Id | null>;
  readonly #addresses: Remembered<Id, readonly string[]>;
  readonly #phones: Remembered<Id, readonly string[]>;
  #batch: { readonly ids: Set<Id>; readonly rows: Promise<Map<Id, Person>> } | undefined;

  constructor(private readonly options: DirectoryOptions) {
    const { clock, capacity = 20_000, ttlMs = 60_000 } = options;
    this.#people = new Remembered({ clock, capacity, ttlMs });
    this.#handles = new Remembered({ clock, capacity, ttlMs });
    this.#owners = new Remembered({ clock, capacity, ttlMs });
    this.#addresses = new Remembered({ clock, capacity, ttlMs });
    this.#phones = new Remembered({ clock, capacity, ttlMs });
  }

  /** People by id, in the order asked for, those outside included; an id that nobody has is left out. */
  async many(ids: readonly ParticipantId[]): Promise<Map<ParticipantId, Person>> {
    const inside = await this.#people.loadMany(ids.filter(isId), (missing) => this.#load(missing));
    const people = new Map<ParticipantId, Person>();
    for (const id of ids) {
      const person = isOutside(id) ? outsider(id) : inside.get(id);
      if (person !== undefined) people.set(id, person);
    }
    return people;
  }

  async get(id: ParticipantId): Promise<Person | undefined> {
    return (await this.many([id])).get(id);
  }

  async byHandle(handle: string): Promise<Person | undefined> {
    if (!isHandle(handle)) return undefined;
    const found = await this.#handles.loadMany([handle], async () => {
      const row = await guarded(() => this.options.prisma.user.findUnique({ where: { handle }, select: { id: true } }));
      return new Map(row === null ? [] : [[handle, row.id]]);
    });
    const id = found.get(handle);
    return id === undefined ? undefined : this.get(id);
  }

  /** The account an address belongs to: an e-mail address verified elsewhere, `<handle>@<our domain>`, or a linked phone. */
  byAddress(address: string): Promise<Id | undefined> {
    return isPhone(address) ? this.byPhone(address) : this.#byEmail(address);
  }

  /** The account a phone is linked to, E.164, by whichever of its numbers. */
  async byPhone(number: string): Promise<Id | undefined> {
    const key = phoneKey(number);
    const find = () => guarded(() => this.options.prisma.phone.findUnique({ where: { key }, select: { userId: true } }));
    return (await this.#owners.load(key, async () => (await find())?.userId ?? null)) ?? undefined;
  }

  /** Who gets mail for an address: the account it belongs to, or the admins for postmaster@ and abuse@ our domain. */
  async receivers(address: string): Promise<readonly Id[]> {
    const [local = "", domain] = splitAt(address);
    if (domain === this.options.domain && isRole(local)) return this.#admins();
    const owner = await this.#byEmail(address);
    return owner === undefined ? [] : [owner];
  }

  /** E-mail addresses elsewhere that the account has verified, oldest first. */
  addressesOf(userId: Id): Promise<readonly string[]> {
    return this.#addresses.load(userId, async () => {
      const rows = await guarded(() => this.options.prisma.address.findMany({ where: { userId }, orderBy: { verifiedAt: "asc" }, select: { value: true } }));
      return rows.map(({ value }) => value);
    });
  }

  /** Phones that are linked to the account, E.164, oldest first. */
  phonesOf(userId: Id): Promise<readonly string[]> {
    return this.#phones.load(userId, async () => {
      const rows = await guarded(() => this.options.prisma.phone.findMany({ where: { userId }, orderBy: { verifiedAt: "asc" }, select: { number: true } }));
      return rows.map(({ number }) => number);
    });
  }

  /** People whose name or handle has words that begin so, in any script, without regard to case and accents; or whose address is just that. */
  async search(query: string, { limit, asker }: { readonly limit: number; readonly asker: Id }): Promise<Person[]> {
    const exact = await this.#exactly(query);
    const similar = await this.#beginning(termsOf(query), limit + 1);
    const people = new Map([...exact, ...similar].map((person) => [person.id, person]));
    people.delete(asker);
    return [...people.values()].slice(0, limit);
  }

  /** To be called after a change of an account, its addresses or its phones. */
  forget(userId: Id): void {
    this.#people.forget(userId);
    this.#addresses.forget(userId);
    this.#phones.forget(userId);
    this.#handles.forgetAll();
    this.#owners.forgetAll();
  }

  async #byEmail(address: string): Promise<Id | undefined> {
    const email = normalEmail(address);
    if (email === undefined) return undefined;
    const [local = "", domain] = splitAt(email);
    if (domain === this.options.domain) return (await this.byHandle(local))?.id;
    return (await this.#owners.load(email, () => this.#ownerOf(email))) ?? undefined;
  }

  async #admins(): Promise<readonly Id[]> {
    const rows = await guarded(() => this.options.prisma.user.findMany({ where: { role: "admin" }, select: { id: true } }));
    return rows.map(({ id }) => id);
  }

  async #exactly(query: string): Promise<Person[]> {
    const text = query.trim().toLowerCase();
    const owner = text.includes("@") ? await this.byAddress(text) : undefined;
    const person = owner === undefined ? await this.byHandle(text.replace(/^@/, "")) : await this.get(owner);
    return person === undefined ? [] : [person];
  }

  async #beginning(terms: readonly string[], take: number): Promise<Person[]> {
    if (terms.length === 0) return [];
    const where = { prefixes: { hasEvery: terms.map(indexedTerm) } };
    const rows = await guarded(() => this.options.prisma.user.findMany({ where, select: SELECT, orderBy: [{ name: "asc" }, { id: "asc" }], take }));
    return rows.filter((row) => matches(row, terms)).map(personOf);
  }

  async #ownerOf(email: string): Promise<Id | null> {
    const row = await guarded(() => this.options.prisma.address.findUnique({ where: { value: email }, select: { userId: true } }));
    return row?.userId ?? null;
  }

  /** Joins what is asked for in the same moment into one query. */
  async #load(ids: readonly Id[]): Promise<Map<Id, Person>> {
    this.#batch ??= this.#begin();
    for (const id of ids) this.#batch.ids.add(id);
    const people = await this.#batch.rows;
    const wanted = new Set(ids);
    return new Map([...people].filter(([id]) => wanted.has(id)));
  }

  #begin() {
    const ids = new Set<Id>();
    const rows = Promise.resolve().then(() => {
      this.#batch = undefined;
      return this.#query([...ids]);
    });
    return { ids, rows };
  }

  async #query(ids: readonly Id[]): Promise<Map<Id, Person>> {
    const people = new Map<Id, Person>();
    for (let from = 0; from < ids.length; from += CHUNK) {
      const where = { id: { in: padded(ids.slice(from, from + CHUNK)) } };
      for (const row of await guarded(() => this.options.prisma.user.findMany({ where, select: SELECT }))) people.set(row.id, personOf(row));
    }
    return people;
  }
}

const personOf = ({ id, name, handle, hue }: Row): Person => ({ id, name, handle, hue, outside: false });

/** The index knows the beginnings of long words only. */
function matches({ name, handle }: Row, terms: readonly string[]): boolean {
  const words = [...wordsOf(handle), ...handle.split(/[._-]/), ...wordsOf(name)];
  return terms.every((term) => words.some((word) => word.startsWith(term)));
}

/** Lengthens a list to a power of two by repeating its last, so that there are ten shapes of query and not five hundred. */
function padded(ids: readonly Id[]): Id[] {
  const length = 2 ** Math.ceil(Math.log2(ids.length));
  return [...ids, ...new Array<Id>(length - ids.length).fill(ids[ids.length - 1] as Id)];
}

const splitAt = (email: string): string[] => [email.slice(0, email.lastIndexOf("@")), email.slice(email.lastIndexOf("@") + 1)];
