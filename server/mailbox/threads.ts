import type { ActionOf } from "@/domain/action";
import type { ParticipantId } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Id, IdMinter } from "@/domain/id";
import { MAX_PEOPLE } from "@/domain/message";
import type { Folder, Thread } from "@/domain/thread";
import type { Roster, Rosters } from "./rosters";
import { threadIdOf } from "./schema";

/** More threads than this were never begun by one set of people. */
const GENERATIONS = 100;

/** A thread as it is before anybody's mailbox has it. */
export type Opening = Pick<Thread, "id" | "kind" | "people" | "roster" | "name">;

/**
 * Finds the one thread of a set of people. Two (or one, for notes to oneself) have it for ever. A larger set meets in the group that was
 * begun by exactly this set and still has exactly these people; when its roster has moved on, the set begins another.
 */
export async function threadOfPeople(rosters: Rosters, people: readonly ParticipantId[], at: number): Promise<Opening> {
  const set = [...new Set(people)].sort();
  if (set.length > MAX_PEOPLE) throw new AppError("thread/too-many-people", `A conversation can hold ${MAX_PEOPLE} people.`);
  if (set.length <= 2) return { id: threadIdOf(set), kind: "direct", people: set, roster: 0 };
  for (let generation = 0; generation < GENERATIONS; generation++) {
    const id = threadIdOf(set, generation);
    const roster = await rosters.begin(id, set, at);
    if (samePeople(roster.people, set)) return openingOf(id, roster);
  }
  throw new AppError("store/overloaded");
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

const samePeople = (a: readonly ParticipantId[], b: readonly ParticipantId[]): boolean => a.length === b.length && a.every((person) => b.includes(person));
