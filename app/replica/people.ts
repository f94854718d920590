import { isOutside, type ParticipantId, phoneOf } from "@/domain/address";
import type { Clock } from "@/domain/id";
import { outsidePerson, type Person } from "@/domain/person";
import type { Timers } from "./ports";
import type { Topic } from "./topics";

/** The server answers so many at once. */
const BATCH = 500;
/** Milliseconds: rows that are drawn together ask together. */
const GATHER = 5;
/** Names and pictures change rarely; after so many milliseconds somebody is asked for again. */
const FRESH = 5 * 60_000;

export interface PeopleDeps {
  readonly many: (ids: readonly ParticipantId[]) => Promise<readonly Person[]>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly touch: (...topics: Topic[]) => void;
}

/** Who everybody is: people with accounts by batched look-ups, people outside by what conversations call them. */
export class People {
  readonly #known = new Map<ParticipantId, Person>();
  readonly #asked = new Map<ParticipantId, number>();
  #wanted = new Set<ParticipantId>();
  #gathering?: () => void;

  constructor(private readonly deps: PeopleDeps) {}

  /** Whoever is known now. Pure: a view may call it. */
  get(id: ParticipantId): Person | undefined {
    return this.#known.get(id) ?? (isOutside(id) ? this.#outside(id) : undefined);
  }

  /** Looks up those who are not known, or were asked for long ago. */
  want(ids: readonly ParticipantId[]): void {
    const now = this.deps.clock();
    const wanted = ids.filter((id) => (!isOutside(id) || phoneOf(id)) && now - (this.#asked.get(id) ?? Number.NEGATIVE_INFINITY) > FRESH);
    if (wanted.length === 0) return;
    for (const id of wanted) this.#asked.set(id, now);
    for (const id of wanted) this.#wanted.add(id);
    this.#gathering?.();
    this.#gathering = this.deps.timers.after(GATHER, () => this.#ask());
  }

  know(people: readonly Person[]): void {
    const news = people.map((person) => joined(this.#known.get(person.id), person)).filter((person) => !same(this.#known.get(person.id), person));
    if (news.length === 0) return;
    for (const person of news) this.#known.set(person.id, person);
    this.deps.touch("people");
  }

  /** What a conversation calls the people outside that are in it. */
  name(names: Readonly<Record<ParticipantId, string>>): void {
    this.know(Object.entries(names).map(([id, name]) => outsidePerson(id, name)));
  }

  /** Looks up again whom the server did not tell: the connection is back. */
  again(): void {
    if (this.#wanted.size > 0) this.#ask();
  }

  #ask(): void {
    const ids = [...this.#wanted];
    this.#wanted = new Set();
    for (let from = 0; from < ids.length; from += BATCH) void this.#askSome(ids.slice(from, from + BATCH));
  }

  async #askSome(ids: readonly ParticipantId[]): Promise<void> {
    try {
      this.know(await this.deps.many(ids));
    } catch {
      for (const id of ids) this.#wanted.add(id);
    }
  }

  /** Somebody outside whom nobody has named: the address. Kept, so that the same person is the same object. */
  #outside(id: ParticipantId): Person {
    const person = outsidePerson(id);
    this.#known.set(id, person);
    return person;
  }
}

/** How a number is written, and a name for it, come from different sides: what one says does not undo the other. */
function joined(before: Person | undefined, person: Person): Person {
  const shown = person.shown ?? before?.shown;
  if (shown === undefined) return person;
  const numbers = [outsidePerson(person.id).name, shown];
  const named = [person.name, before?.name].find((name) => name !== undefined && !numbers.includes(name));
  return { ...person, shown, name: named ?? shown };
}

const same = (a: Person | undefined, b: Person): boolean =>
  a !== undefined && a.name === b.name && a.handle === b.handle && a.address === b.address && a.shown === b.shown && a.hue === b.hue && a.outside === b.outside;
