import type { Cell as StoredCell } from "../../../hbase";
import { type Bytes, type Cell, type Row, textOf } from "../../contract";
import type { FamilyLayout, TableLayout } from "./layout";

/** The row that stored cells mean, families in the order of the schema; undefined when there is none. Throws `corrupt`. */
export function rowOf(layout: TableLayout, key: Bytes, stored: readonly StoredCell[]): Row | undefined {
  if (stored.length === 0) return undefined;
  const found = byFamily(stored);
  const families: Record<string, Cell[]> = {};
  for (const family of layout.families.values()) {
    const cells = found.get(family.name);
    if (cells) families[family.name] = rising(family, cellsOf(family, key, cells));
  }
  return { key: Buffer.from(key), families };
}

/** Cells of a family come together. */
function byFamily(stored: readonly StoredCell[]): Map<string, StoredCell[]> {
  const found = new Map<string, StoredCell[]>();
  let [family, cells]: [Bytes | undefined, StoredCell[]] = [undefined, []];
  for (const cell of stored) {
    if (family === undefined || Buffer.compare(family, cell.family) !== 0) {
      [family, cells] = [cell.family, []];
      found.set(textOf(family), cells);
    }
    cells.push(cell);
  }
  return found;
}

/** Cells of one family of one row, in the order stored. */
export function cellsOf(family: FamilyLayout, key: Bytes, stored: readonly StoredCell[]): Cell[] {
  const read = family.reader(key);
  return stored.map(({ qualifier, value, ts = 0 }) => ({ ...read(qualifier, value), timestamp: ts }));
}

export function newestOf(cells: readonly StoredCell[]): number {
  let newest = 0;
  for (const { ts = 0 } of cells) if (ts > newest) newest = ts;
  return newest;
}

const rising = ({ newestFirst }: FamilyLayout, cells: Cell[]): Cell[] => (newestFirst ? cells.reverse() : cells);
