import type { ParticipantId } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import { StoreError, type WideColumnStore } from "@/storage/wide-column/contract";
import { Lru } from "../platform/lru";
import { decode, encode } from "./cells";
import { inWords } from "./failures";
import { ROSTER, utf8 } from "./schema";

export interface Roster {
  readonly people: readonly ParticipantId[];
  readonly name?: string;
  /** Counts the changes, from 1. */
  readonly version: number;
  readonly at: number;
  /** Makers of the last changes, newest last: a repeat of one does nothing, though others may have come after it. */
  readonly makers?: readonly string[];
}

const MAKERS = 32;
const ATTEMPTS = 20;
const REMEMBERED = 10_000;
const NOW = utf8("now");

/**
 * Who is in a group: one row a group, changed only by comparing what it was, so two changes at once never lose one another. Failures of the
 * store are AppErrors.
 */
export class Rosters {
  readonly #known = new Lru<Id, Roster>(REMEMBERED);
  constructor(private readonly store: WideColumnStore) {}

  async get(group: Id): Promise<Roster | undefined> {
    const known = this.#known.get(group);
    if (known !== undefined) return known;
    const cell = await this.#cell(group);
    if (cell === undefined) return undefined;
    return this.#keep(group, decode<Roster>(cell));
  }

  /** Begins a group unless it is there already; the answer is the roster as it stands. */
  async begin(group: Id, people: readonly ParticipantId[], at: number): Promise<Roster> {
    return (await this.get(group)) ?? (await this.#write(group, undefined, { people, version: 1, at })).stands;
  }

  /** Changes a group, once for each maker. `change` may be asked again when another change came between; undefined leaves it as it is. */
  async change(group: Id, at: number, maker: string, change: (roster: Roster) => Partial<Pick<Roster, "people" | "name">> | undefined): Promise<Roster> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const cell = await this.#cell(group);
      if (cell === undefined) throw new AppError("thread/not-a-group");
      const roster = decode<Roster>(cell);
      const wanted = roster.makers?.includes(maker) ? undefined : change(roster);
      if (wanted === undefined) return this.#keep(group, roster);
      const next = { ...roster, ...wanted, version: roster.version + 1, at, makers: [...(roster.makers ?? []), maker].slice(-MAKERS) };
      const { applied, stands } = await this.#write(group, cell, next);
      if (applied) return stands;
    }
    throw new AppError("store/overloaded");
  }

  async #write(group: Id, before: Buffer | undefined, roster: Roster): Promise<{ applied: boolean; stands: Roster }> {
    const value = encode(roster);
    const swapped = await this.#swap(group, before, value);
    const cell = swapped ? value : ((await this.#cell(group)) as Buffer);
    return { applied: cell.equals(value), stands: this.#keep(group, decode<Roster>(cell)) };
  }

  /** After a lost answer it is tried again: a version never returns, so it happens once, and the cell tells whether the first did. */
  async #swap(group: Id, before: Buffer | undefined, value: Buffer): Promise<boolean> {
    const when = { family: "roster", qualifier: NOW, equals: before };
    const swap = () => this.store.mutateRow(ROSTER.name, utf8(group), [{ kind: "put", family: "roster", qualifier: NOW, value }], { when });
    const again = (error: unknown) => (error instanceof StoreError && error.kind === "unknown-outcome" ? swap() : Promise.reject(error));
    const { applied } = await swap().catch(again).catch(rethrown);
    return applied;
  }

  /** The newer of two stays: what was read before a change may come to hand after it. */
  #keep(group: Id, roster: Roster): Roster {
    const known = this.#known.get(group);
    if (known !== undefined && known.version > roster.version) return known;
    this.#known.set(group, roster);
    return roster;
  }

  async #cell(group: Id): Promise<Buffer | undefined> {
    const row = await this.store.get(ROSTER.name, utf8(group), { families: ["roster"] }).catch(rethrown);
    return row?.families.roster?.[0]?.value;
  }
}

function rethrown(error: unknown): never {
  throw inWords(error);
}
