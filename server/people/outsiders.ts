import { type ParticipantId, phoneOf } from "@/domain/address";
import { outsidePerson, type Person } from "@/domain/person";
import { numberFacts } from "./numbers";

/** Somebody without an account; a number as people of its country group it, which the tables for that are too large for the screen to do. */
export function outsider(id: ParticipantId): Person {
  const person = outsidePerson(id);
  const phone = phoneOf(id);
  if (phone === undefined) return person;
  const { words } = numberFacts(phone);
  return { ...person, name: words, shown: words };
}
