import {
  type Bytes,
  bytesOf,
  type Cell,
  type Column,
  type Mutation,
  type Range,
  type Row,
  type RowMutation,
  type ScanStretch,
  type Selection,
  textOf,
} from "../../contract";
import { addTo } from "../local/counter";
import { holds } from "../local/holds";
import { RowBuilder } from "../local/row-builder";
import { SortedMap } from "./sorted-map";

interface Stored {
  readonly value: Buffer;
  readonly timestamp: number;
}

type Families = Map<string, SortedMap<Stored>>;
type Put = Column & { readonly value: Buffer };

/** What a row mutation will do, once it is certain that it can: deletes first, then puts. */
interface Plan {
  readonly row: string;
  readonly deletes: readonly Mutation[];
  readonly puts: readonly Put[];
}

/** One table: rows by key, families by name, cells by qualifier. */
export class Table {
  readonly #rows = new SortedMap<Families>();

  /** What the mutation would do; undefined when its condition does not hold. Throws when a counter is none, and changes nothing. */
  plan({ row, mutations, when }: RowMutation): Plan | undefined {
    const key = textOf(row);
    if (when && !holds(when.equals, this.#value(key, when))) return undefined;
    const puts: Put[] = [];
    for (const mutation of mutations) {
      if (mutation.kind === "put") puts.push({ ...mutation, value: Buffer.from(mutation.value) });
      if (mutation.kind === "increment") puts.push({ ...mutation, value: addTo(this.#value(key, mutation), mutation.by) });
    }
    return { row: key, deletes: mutations.filter(({ kind }) => kind === "delete" || kind === "deleteFamily"), puts };
  }

  apply({ row, deletes, puts }: Plan, timestamp: number): void {
    const families: Families = this.#rows.get(row) ?? new Map();
    for (const mutation of deletes) {
      if (mutation.kind === "delete") families.get(mutation.family)?.delete(textOf(mutation.qualifier));
      else families.delete(mutation.family);
    }
    for (const { family, qualifier, value } of puts) cellsOf(families, family).set(textOf(qualifier), { value, timestamp });
    for (const [family, cells] of families) if (cells.size === 0) families.delete(family);
    if (families.size === 0) this.#rows.delete(row);
    else this.#rows.set(row, families);
  }

  read(row: Bytes, { families, columns }: Selection): Row | undefined {
    const stored = this.#rows.get(textOf(row));
    const found = new RowBuilder();
    for (const family of families) found.add(family, [...(stored?.get(family)?.entries(undefined, undefined, false) ?? [])].map(cellOf));
    for (const { family, qualifier } of columns) {
      const key = textOf(qualifier);
      const cell = stored?.get(family)?.get(key);
      if (cell) found.add(family, [cellOf([key, cell])]);
    }
    return found.row(row);
  }

  slice(row: Bytes, family: string, { from, to, limit, reverse }: Range): Cell[] {
    const cells: Cell[] = [];
    const stored = this.#rows.get(textOf(row))?.get(family);
    for (const entry of stored?.entries(from && textOf(from), to && textOf(to), reverse) ?? []) {
      cells.push(cellOf(entry));
      if (cells.length === limit) break;
    }
    return cells;
  }

  *scan(families: readonly string[], { from, to, reverse, sample }: ScanStretch): Generator<Row, void, undefined> {
    for (const [key] of this.#rows.entries(from && textOf(from), to && textOf(to), reverse)) {
      const row = this.read(bytesOf(key), { families, columns: [] });
      if (row) yield sampleOf(row, sample);
    }
  }

  #value(row: string, { family, qualifier }: Column): Buffer | undefined {
    return this.#rows.get(row)?.get(family)?.get(textOf(qualifier))?.value;
  }
}

const sampleOf = ({ key, families }: Row, most: number | undefined): Row => ({
  key,
  families: Object.fromEntries(Object.entries(families).map(([family, cells]) => [family, cells.slice(0, most)])),
});

function cellsOf(families: Families, family: string): SortedMap<Stored> {
  const cells = families.get(family) ?? new SortedMap<Stored>();
  families.set(family, cells);
  return cells;
}

/** A copy: who reads may do what they like with the bytes. */
const cellOf = ([qualifier, { value, timestamp }]: readonly [string, Stored]): Cell => ({
  qualifier: bytesOf(qualifier),
  value: Buffer.from(value),
  timestamp,
});
