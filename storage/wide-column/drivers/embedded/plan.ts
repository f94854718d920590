import { type MutateResult, StoreError } from "../../contract";
import { addTo } from "../local/counter";
import { holds } from "../local/holds";
import type { Timestamps } from "../local/timestamps";
import type { Write } from "./engine";
import { KnownCells } from "./known-cells";
import { cellsToRead, deletesOf, type RowChange } from "./row-change";
import { contentOf, stamp, unstamped } from "./values";
import type { Place, View } from "./view";

type Reader = Pick<View, "getEach">;
type Put = Place & { readonly value: Buffer };
export type Outcome = readonly MutateResult[] | StoreError;

/** What a commit writes, and what becomes of each call in it if that succeeds. */
export interface Plan {
  readonly writes: readonly Write[];
  readonly outcomes: readonly Outcome[];
  /** Row mutations whose condition held. */
  readonly applied: number;
}

/** Decides the calls of one commit in their order, each against the store and what those before it do. A call that cannot be carried out does nothing. */
export async function plan(calls: readonly (readonly RowChange[])[], view: Reader, timestamps: Timestamps): Promise<Plan> {
  const known = await read(calls.flat(), view);
  const writes: Write[] = [];
  let applied = 0;
  const outcomes = calls.map((changes): Outcome => {
    const decided = decide(changes, known);
    if (decided instanceof StoreError) return decided;
    decided.forEach((puts, at) => {
      if (puts === undefined) return;
      const change = changes[at]!;
      known.change(change, puts);
      writes.push(...writesOf(change, puts, timestamps.next(change.row)));
      applied++;
    });
    return decided.map((puts) => ({ applied: puts !== undefined }));
  });
  return { writes, outcomes, applied };
}

async function read(changes: readonly RowChange[], view: Reader): Promise<KnownCells> {
  const wanted = changes.flatMap((change) => cellsToRead(change).map((place) => ({ row: change.row, place })));
  const found = await view.getEach(wanted.map(({ place }) => place));
  const known = new KnownCells();
  wanted.forEach(({ row, place }, at) => {
    known.learn(row, place, found[at]);
  });
  return known;
}

/** For each row what it puts, undefined where its condition does not hold. Rows of one call differ, so they do not see each other. */
function decide(changes: readonly RowChange[], known: KnownCells): (readonly Put[] | undefined)[] | StoreError {
  try {
    return changes.map((change) => (meets(change, known) ? [...change.puts, ...counted(change, known)] : undefined));
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
}

const meets = ({ row, when }: RowChange, known: KnownCells): boolean => when === undefined || holds(when.equals, contents(known.get(row, when)));

const counted = ({ row, increments }: RowChange, known: KnownCells): Put[] =>
  increments.map(({ family, key, by }) => ({ family, key, value: unstamped(addTo(contents(known.get(row, { family, key })), by)) }));

function writesOf(change: RowChange, puts: readonly Put[], timestamp: number): Write[] {
  return [...deletesOf(change), ...puts.map(({ family, key, value }): Write => ({ kind: "put", family, key, value: stamp(value, timestamp) }))];
}

const contents = (stored: Buffer | undefined): Buffer | undefined => stored && contentOf(stored);
