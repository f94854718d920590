import type { ActionOf } from "@/domain/action";
import { outsidePhone, type ParticipantId, peopleKey, phoneOf, sameId } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Id, IdMinter } from "@/domain/id";
import { MAX_PEOPLE } from "@/domain/message";
import { phoneForms } from "@/domain/phone";
import type { Folder, Thread } from "@/domain/thread";
import type { Roster, Rosters } from "./rosters";
import { oldThreadIdOf, threadIdOf } from "./schema";

/** More threads than this were never begun by one set of people. */
const GENERATIONS = 100;

/** A thread as it is before anybody's mailbox has it. */
export type Opening = Pick<Thread, "id" | "kind" | "people" | "roster" | "name">;

/** A thread as some mailbox has it; undefined when it does not. */
export type ThreadIn = (id: Id) => Promise<Opening | undefined>;

/**
 * Finds the one thread of a set of people. Two (or one, for notes to oneself) have it for ever. A larger set meets in the group that was
 * begun by exactly this set and still has exactly these people; when its roster has moved on, the set begins another. `mine` is asked for
 * what the numbers of a phone were once kept apart under, only where a phone has several.
 */
export async function threadOfPeople(rosters: Rosters, people: readonly ParticipantId[], at: number, mine: ThreadIn): Promise<Opening> {
  const set = distinct(people);
  if (set.length > MAX_PEOPLE) throw new AppError("thread/too-many-people", `A conversation can hold ${MAX_PEOPLE} people.`);
  const old = await begunBefore(rosters, set, mine);
  if (old !== undefined) return old;
  if (set.length <= 2) return { id: threadIdOf(set), kind: "direct", people: set, roster: 0 };
  for (let generation = 0; generation < GENERATIONS; generation++) {
    const id = threadIdOf(set, generation);
    const roster = await rosters.begin(id, set, at);
    if (samePeople(roster.people, set)) return openingOf(id, roster);
  }
  throw new AppError("store/overloaded");
}

/** Of several numbers of one phone the first counts. */
function distinct(people: readonly ParticipantId[]): ParticipantId[] {
  const byId = new Map<ParticipantId, ParticipantId>();
  for (const person of people) if (!byId.has(sameId(person))) byId.set(sameId(person), person);
  return [...byId.values()].sort();
}

/** The thread that this set began when each number was somebody else: under the numbers given, or with phones by their longer ones. */
async function begunBefore(rosters: Rosters, set: readonly ParticipantId[], mine: ThreadIn): Promise<Opening | undefined> {
  const longer = set.map(longest);
  if (peopleKey(set) === [...longer].sort().join("\n")) return undefined;
  for (const people of [set, longer]) {
    const id = oldThreadIdOf(people);
    const thread = set.length <= 2 ? await mine(id) : await rosters.get(id).then((roster) => roster && openingOf(id, roster));
    if (thread !== undefined && samePeople(thread.people, set)) return openingFor(rosters, thread);
  }
  return undefined;
}

/** A phone with two numbers by the longer one. A mixture of both, of several such phones, nobody has had. */
function longest(person: ParticipantId): ParticipantId {
  const phone = phoneOf(person);
  return phone === undefined ? person : outsidePhone(phoneForms(phone).at(-1) as string);
}

export const openingOf = (id: Id, { people, version, name }: Roster): Opening => ({
  id,
  kind: "group",
  people,
  roster: version,
  ...(name !== undefined && { name }),
});

/** A group opens with the roster that stands now, not the one some mailbox remembers; other threads never change. */
export async function openingFor(rosters: Rosters, thread: Opening): Promise<Opening> {
  const roster = thread.kind === "group" ? await rosters.get(thread.id) : undefined;
  if (roster !== undefined) return openingOf(thread.id, roster);
  const { id, kind, people, name } = thread;
  return { id, kind, people, roster: thread.roster, ...(name !== undefined && { name }) };
}

export const opened = (
  opening: Opening,
  folder: Folder,
  names: Thread["names"],
  stamp: { at: number; maker: string },
  mint: IdMinter,
): ActionOf<"ThreadOpened"> => ({ type: "ThreadOpened", ...stamp, thread: { ...opening, names, folder, activity: mint.next() } });

function samePeople(a: readonly ParticipantId[], b: readonly ParticipantId[]): boolean {
  const ids = new Set(b.map(sameId));
  return a.length === b.length && a.every((person) => ids.has(sameId(person)));
}
