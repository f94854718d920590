import type { Cell as StoredCell } from "../../../hbase";
import type { Bytes, Cell, Row } from "../../contract";
import type { FamilyLayout, TableLayout } from "./layout";

/** The row that stored cells mean, families in the order of the schema; undefined when there is none. Throws `corrupt`. */
export function rowOf(layout: TableLayout, key: Bytes, stored: readonly StoredCell[]): Row | undefined {
  if (stored.length === 0) return undefined;
  const families: Record<string, Cell[]> = {};
  for (const family of layout.families.values()) {
    const cells = stored.filter((cell) => family.bytes.equals(cell.family));
    if (cells.length > 0) families[family.name] = rising(family, cellsOf(family, key, cells));
  }
  return { key: Buffer.from(key), families };
}

/** Cells of one family of one row, in the order stored. */
export function cellsOf(family: FamilyLayout, key: Bytes, stored: readonly StoredCell[]): Cell[] {
  const read = family.reader(key);
  return stored.map(({ qualifier, value, ts = 0 }) => ({ ...read(qualifier, value), timestamp: ts }));
}

export const newestOf = (cells: readonly StoredCell[]): number => cells.reduce((newest, { ts = 0 }) => Math.max(newest, ts), 0);

const rising = ({ newestFirst }: FamilyLayout, cells: Cell[]): Cell[] => (newestFirst ? cells.reverse() : cells);
