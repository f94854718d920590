import type { Cell as StoredCell } from "../../../hbase";
import { type Bytes, type Cell, type Row, textOf } from "../../contract";
import type { FamilyLayout, TableLayout } from "./layout";
import { AT_ONCE } from "./pace";

type Families = Map<string, Cell[]>;

/** The row that stored cells mean, families in the order of the schema; undefined when there is none. Throws `corrupt`. */
export function rowOf(layout: TableLayout, key: Bytes, stored: readonly StoredCell[]): Row | undefined {
  const found: Families = new Map();
  add(found, layout, key, stored);
  return stored.length === 0 ? undefined : made(found, layout, key);
}

/** The same for a long row, a part in each turn. */
export async function longRowOf(layout: TableLayout, key: Bytes, stored: readonly StoredCell[], turn: () => Promise<void>): Promise<Row> {
  const found: Families = new Map();
  for (let at = 0; at < stored.length; at += AT_ONCE) {
    await turn();
    add(found, layout, key, stored.slice(at, at + AT_ONCE));
  }
  return made(found, layout, key);
}

function add(found: Families, layout: TableLayout, key: Bytes, stored: readonly StoredCell[]): void {
  for (const [name, part] of byFamily(stored)) {
    const family = layout.families.get(name);
    if (!family) continue;
    const [known, cells] = [found.get(name), cellsOf(family, key, part)];
    if (known) for (const cell of cells) known.push(cell);
    else found.set(name, cells);
  }
}

function made(found: Families, layout: TableLayout, key: Bytes): Row {
  const families: Record<string, Cell[]> = {};
  for (const family of layout.families.values()) {
    const cells = found.get(family.name);
    if (cells) families[family.name] = rising(family, cells);
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
