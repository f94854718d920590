import { filters, type HBase, type ReadOptions, type Cell as StoredCell } from "../../../hbase";
import type { Bytes, Cell, Range, Row, ScanStretch, Selection } from "../../contract";
import { failureOf } from "./failures";
import type { Floors } from "./floors";
import type { FamilyLayout, TableLayout } from "./layout";
import { AT_ONCE, Pace } from "./pace";
import { cellsOf, longRowOf, newestOf, rowOf } from "./rows";
import { firstOf, lastOf, type ReadStretch, storedRange } from "./slices";

/** Reads rows, checks every cell, and notes how new what it read is. */
export class Reader {
  constructor(
    private readonly client: Pick<HBase, "get" | "getMany" | "scan">,
    private readonly floors: Floors,
  ) {}

  async getMany(layout: TableLayout, rows: readonly Bytes[], selection: Selection): Promise<(Row | undefined)[]> {
    const keys = rows.map((row) => Buffer.from(row));
    const found = await this.client.getMany(layout.table, keys, wantedOf(layout, selection)).catch(failed);
    const answer: (Row | undefined)[] = [];
    const pace = new Pace();
    for (const [at, key] of keys.entries()) {
      const cells = found[at]!;
      this.#noted(layout, key, cells);
      answer.push(pace.fits(cells.length) ? rowOf(layout, key, cells) : await longRowOf(layout, key, cells, pace.turn));
    }
    return answer;
  }

  async slice(layout: TableLayout, row: Bytes, name: string, range: Range): Promise<Cell[]> {
    const [key, family] = [Buffer.from(row), layout.family(name)];
    const { backwards, ...stretch } = storedRange(family, copied(range));
    const cells = await (backwards ? lastOf : firstOf)(this.#stretches(layout, key, family), stretch, range.limit).catch(failed);
    this.#noted(layout, key, cells);
    const answer: Cell[] = [];
    const pace = new Pace();
    for (let at = 0; at < cells.length; at += AT_ONCE) {
      if (at > 0) await pace.turn();
      for (const cell of cellsOf(family, key, cells.slice(at, at + AT_ONCE))) answer.push(cell);
    }
    return answer;
  }

  async *scan(layout: TableLayout, families: readonly string[], range: ScanStretch): AsyncGenerator<Row, void, undefined> {
    const { from, to, limit, reverse, sample } = copied(range);
    const bounds = reverse ? { start: to, includeStart: to === undefined, stop: from, includeStop: true } : { start: from, stop: to };
    const most = { ...(limit !== Number.MAX_SAFE_INTEGER && { limit }), ...(sample !== undefined && { limitPerFamily: sample }) };
    const pace = new Pace();
    try {
      for await (const { row, cells } of this.client.scan(layout.table, { families, reversed: reverse, ...bounds, ...most })) {
        const found = pace.fits(cells.length) ? rowOf(layout, row, cells) : await longRowOf(layout, row, cells, pace.turn);
        if (found) yield found;
      }
    } catch (error) {
      failed(error);
    }
  }

  #noted(layout: TableLayout, key: Buffer, cells: readonly StoredCell[]): void {
    this.floors.raise(layout.rowName(key), newestOf(cells));
  }

  #stretches(layout: TableLayout, key: Buffer, family: FamilyLayout): ReadStretch {
    return ({ from, to }, { limit, keysOnly }) => {
      const list = [...(from || to ? [filters.columnRange(from, to)] : []), ...(keysOnly ? [filters.keyOnly()] : [])];
      const filter = list.length > 1 ? filters.all(...list) : list[0];
      return this.client.get(layout.table, key, { families: [family.name], filter, limitPerFamily: limit });
    };
  }
}

function wantedOf(layout: TableLayout, { families, columns }: Selection): ReadOptions {
  const byFamily = new Map<string, Buffer[]>();
  for (const { family, qualifier } of columns) {
    const stored = layout.family(family).qualifier(qualifier);
    const others = byFamily.get(family);
    if (others) others.push(stored);
    else byFamily.set(family, [stored]);
  }
  return { families, columns: [...byFamily].map(([family, qualifiers]) => [family, ...qualifiers] as const) };
}

/** Bounds of the driver's own: the caller may do with the bytes what he likes meanwhile. */
const copied = <R extends Range>({ from, to, ...range }: R) => ({ from: from && Buffer.from(from), to: to && Buffer.from(to), ...range });

function failed(error: unknown): never {
  throw failureOf(error, "reading");
}
