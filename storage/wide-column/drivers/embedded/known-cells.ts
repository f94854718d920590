import { StoreError, textOf } from "../../contract";
import type { RowChange } from "./row-change";
import type { Place } from "./view";

type Value = Buffer | undefined;

/**
 * What the cells hold that conditions and counters of a commit look at: as read from the store, then as changed by the mutations before in the
 * same commit. Cells nobody looks at are not kept.
 */
export class KnownCells {
  readonly #rows = new Map<string, Map<string, Value | StoreError>>();
  readonly #families = new Set<string>();

  /** `value`: a failure when the cell could not be read. */
  learn(row: string, place: Place, value: Value | StoreError): void {
    const cells = this.#rows.get(row) ?? new Map<string, Value | StoreError>();
    this.#families.add(place.family);
    this.#rows.set(row, cells.set(nameOf(place), value));
  }

  /** Fails when the cell could not be read and nobody has written it since. */
  get(row: string, place: Place): Value {
    const value = this.#rows.get(row)?.get(nameOf(place));
    if (value instanceof StoreError) throw value;
    return value;
  }

  /** Takes in what a change does to cells that are looked at. `puts`: all it puts, with what its counters came to. */
  change({ row, deletedFamilies, deletes }: RowChange, puts: readonly (Place & { readonly value: Buffer })[]): void {
    const cells = this.#rows.get(row);
    if (cells === undefined) return;
    for (const family of deletedFamilies) for (const name of cells.keys()) if (name.startsWith(`${family}:`)) cells.set(name, undefined);
    for (const place of deletes) this.#replace(cells, place, undefined);
    for (const put of puts) this.#replace(cells, put, put.value);
  }

  /** Most cells are of families of which none is looked at, and have no need of a name. */
  #replace(cells: Map<string, Value | StoreError>, place: Place, value: Value): void {
    if (!this.#families.has(place.family)) return;
    const name = nameOf(place);
    if (cells.has(name)) cells.set(name, value);
  }
}

const nameOf = ({ family, key }: Place): string => `${family}:${textOf(key)}`;
