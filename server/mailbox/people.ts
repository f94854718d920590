import { isHandle, normalEmail, normalPhone, outsideEmail, outsidePhone, type ParticipantId } from "@/domain/address";
import { AppError } from "@/domain/error";
import { type Id, isId } from "@/domain/id";
import type { Person } from "@/domain/person";
import { typedNumber } from "../people/numbers";

/** The part of the user directory that messaging needs; warm answers cost no query. */
export interface Directory {
  many(ids: readonly Id[]): Promise<ReadonlyMap<Id, Person>>;
  byHandle(handle: string): Promise<Person | undefined>;
  /** The account behind a verified address or phone number, or an address of our own domain. */
  byAddress(email: string): Promise<Id | undefined>;
}

interface Naming {
  readonly directory: Directory;
  /** The part after the @ of our own people's addresses: whoever the directory does not know there is nobody, not somebody outside. */
  readonly domain: string;
  /** Where numbers without a country code are dialled. */
  readonly country?: string;
}

/** Who is meant: an id, a handle with or without @, an e-mail address or a phone number of somebody inside or outside. */
export async function resolvePeople(naming: Naming, named: readonly string[]): Promise<ParticipantId[]> {
  return [...new Set(await Promise.all(named.map((text) => resolvePerson(naming, text.trim()))))];
}

async function resolvePerson({ directory, domain, country }: Naming, text: string): Promise<ParticipantId> {
  if (isId(text) && (await directory.many([text])).has(text)) return text;
  const handle = text.replace(/^@/, "").toLowerCase();
  if (isHandle(handle)) {
    const person = await directory.byHandle(handle);
    if (person !== undefined) return person.id;
  }
  const phone = numberOf(text, country);
  if (phone !== undefined) return (await directory.byAddress(phone)) ?? outsidePhone(phone);
  if (normalPhone(text) !== undefined) throw new AppError("address/invalid", `No phone number there has so many digits: ${text.slice(0, 40)}.`);
  const email = normalEmail(text.replace(/^mailto:/, ""));
  const account = email && (await directory.byAddress(email));
  if (account !== undefined) return account;
  if (email === undefined || email.endsWith(`@${domain}`)) throw new AppError("address/unknown", `There is nobody called ${text.slice(0, 80)} here.`);
  return outsideEmail(email);
}

/** An id is believed: what has written to us exists, whatever the numbering plans say. */
const numberOf = (text: string, country: string | undefined): string | undefined => (text.startsWith("tel:+") ? normalPhone(text) : typedNumber(text, country));
