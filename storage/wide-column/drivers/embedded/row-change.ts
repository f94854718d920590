import { type Bytes, type Column, type RowMutation, textOf } from "../../contract";
import type { Write } from "./engine";
import { cellKey, rowEnd, rowPrefix } from "./keys";
import { unstamped } from "./values";
import type { Place } from "./view";

type Put = Place & { readonly value: Buffer };
type Increment = Place & { readonly by: bigint };

/** A row mutation in the keys of RocksDB: a copy, so the caller's bytes may change while it waits for its commit. */
export interface RowChange {
  /** Names the row among all tables. */
  readonly row: string;
  readonly when: (Place & { readonly equals: Buffer | undefined }) | undefined;
  readonly deletedFamilies: readonly string[];
  readonly deletes: readonly Place[];
  readonly puts: readonly Put[];
  readonly increments: readonly Increment[];
  readonly prefix: Buffer;
}

export function rowChange(table: number, { row, mutations, when }: RowMutation): RowChange {
  const prefix = rowPrefix(table, row);
  const cell = ({ family, qualifier }: Column): Place => ({ family, key: cellKey(prefix, qualifier) });
  const change = { deletedFamilies: [] as string[], deletes: [] as Place[], puts: [] as Put[], increments: [] as Increment[] };
  for (const mutation of mutations) {
    if (mutation.kind === "deleteFamily") change.deletedFamilies.push(mutation.family);
    else if (mutation.kind === "delete") change.deletes.push(cell(mutation));
    else if (mutation.kind === "put") change.puts.push({ ...cell(mutation), value: unstamped(mutation.value) });
    else change.increments.push({ ...cell(mutation), by: mutation.by });
  }
  return { row: textOf(prefix), prefix, when: when && { ...cell(when), equals: copyOf(when.equals) }, ...change };
}

/** The cells that must be read before it is known what the change does. */
export const cellsToRead = ({ when, increments }: RowChange): Place[] => (when ? [when, ...increments] : [...increments]);

/** The deletes, which come before the puts of the same mutation. */
export function deletesOf({ prefix, deletedFamilies, deletes }: RowChange): Write[] {
  const families = deletedFamilies.map((family): Write => ({ kind: "deleteRange", family, key: prefix, end: rowEnd(prefix) }));
  return [...families, ...deletes.map(({ family, key }): Write => ({ kind: "delete", family, key }))];
}

const copyOf = (bytes: Bytes | undefined): Buffer | undefined => bytes && Buffer.from(bytes);
