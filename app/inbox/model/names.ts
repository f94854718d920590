import { CHANNEL } from "@/app/ui/channel";
import { nativeChannel, type ParticipantId } from "@/domain/address";
import type { ThreadEvent } from "@/domain/message";
import { outsidePerson, type Person } from "@/domain/person";
import { phoneWords } from "@/domain/phone";
import type { Thread } from "@/domain/thread";
import { capital, listWords, plural } from "./words";

/** People already loaded, by id. Who is missing is drawn from what the conversation itself knows. */
export type People = ReadonlyMap<ParticipantId, Person>;

/** The person behind an id: the directory's word, else the name the conversation brought, else the bare address. */
export function personOf(id: ParticipantId, people: People, thread?: Pick<Thread, "names">): Person {
  return people.get(id) ?? outsidePerson(id, thread?.names[id]);
}

export const othersOf = (thread: Pick<Thread, "people">, me: ParticipantId): readonly ParticipantId[] => thread.people.filter((id) => id !== me);

/** Addresses and phone numbers are not names: they stay whole. */
export const firstName = (name: string): string => (/@|^\+\d/.test(name) ? name : (name.trim().split(/\s+/u)[0] ?? name));

/** The address of somebody outside as people write it; the name where there is none. */
export const addressWords = ({ address, shown, name }: Person): string => shown ?? (address === undefined ? name : phoneWords(address));

/** "Outside, by SMS", with the address in front when the name is another. */
export function outsideWords(person: Person): string {
  const [address, how] = [addressWords(person), `outside, ${CHANNEL[nativeChannel(person.id)].by}`];
  return address === person.name ? capital(how) : `${address}, ${how}`;
}

/** What a conversation is called: its own name, else its people; alone with oneself it is a place for notes. */
export function threadTitle(thread: Pick<Thread, "people" | "names" | "name">, people: People, me: ParticipantId): string {
  if (thread.name?.trim()) return thread.name;
  const others = othersOf(thread, me).map((id) => personOf(id, people, thread).name);
  if (others.length === 0) return "Notes to yourself";
  return others.length === 1 ? others[0]! : listWords(others.map(firstName), 4);
}

/** The line under the title: who it is, when the title does not say it. */
export function threadSubtitle(thread: Thread, people: People, me: ParticipantId): string {
  const others = othersOf(thread, me);
  if (thread.kind === "direct" && others.length === 1) {
    const person = personOf(others[0]!, people, thread);
    if (person.outside) return addressWords(person) === person.name ? outsideWords(person) : addressWords(person);
    return person.handle === undefined ? "" : `@${person.handle}`;
  }
  if (others.length === 0) return "Only you see what is written here";
  if (!thread.name?.trim()) return plural(thread.people.length, "person", "people");
  const names = others.map((id) => firstName(personOf(id, people, thread).name));
  return listWords(thread.left === undefined ? [...names, "you"] : names, 5);
}

/** A line about the conversation itself: "Ann added Cleo". */
export function eventWords(event: ThreadEvent, from: ParticipantId, name: (id: ParticipantId) => string, me: ParticipantId): string {
  const actor = from === me ? "You" : name(from);
  switch (event.type) {
    case "added":
      return `${actor} added ${listWords(event.people.map((id) => (id === me ? "you" : name(id))))}`;
    case "left":
      return `${actor} left the conversation`;
    case "named":
      return event.name === "" ? `${actor} removed the name of the conversation` : `${actor} named the conversation “${event.name}”`;
    default:
      return event satisfies never;
  }
}

/** "Ben is writing", for at most three by name. */
export function typingWords(names: readonly string[]): string {
  if (names.length === 0) return "";
  if (names.length > 3) return `${names.length} people are writing`;
  return `${listWords(names)} ${names.length === 1 ? "is" : "are"} writing`;
}
