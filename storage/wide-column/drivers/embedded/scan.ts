import type { Cell, Row, ScanStretch } from "../../contract";
import { RowBuilder } from "../local/row-builder";
import { isOfRow, prefixOf, rowEnd, rowOf, rowPrefix, tableEnd, tableStart } from "./keys";
import { cellOf } from "./values";
import type { Stored, Stretch, View } from "./view";

/** Entries fetched at a time: few at first, for whoever wants one row; more while they are small, fewer when they are large. */
const PAGE = { first: 32, most: 1024, least: 1, smallBytes: 256 * 1024, largeBytes: 1024 * 1024 };

/** Rows in key order, each put together from the families that hold something of it: a merge of one cursor per family. */
export async function* scan(
  view: View,
  table: number,
  families: readonly string[],
  { from, to, reverse, sample }: ScanStretch,
): AsyncGenerator<Row, void, undefined> {
  const bounds = { from: from ? rowPrefix(table, from) : tableStart(table), to: to ? rowPrefix(table, to) : tableEnd(table), reverse };
  const cursors = families.map((family) => new Cursor(view, { family, ...bounds }));
  for (;;) {
    const heads = await Promise.all(cursors.map((cursor) => cursor.head()));
    const next = foremost(heads, reverse);
    if (next === undefined) return;
    const builder = new RowBuilder();
    for (const cursor of cursors) builder.add(cursor.family, await cursor.take(next, sample));
    const row = builder.row(rowOf(next));
    if (row) yield row;
  }
}

function foremost(prefixes: readonly (Buffer | undefined)[], reverse: boolean): Buffer | undefined {
  let found: Buffer | undefined;
  for (const prefix of prefixes) {
    if (prefix === undefined) continue;
    const order = found ? prefix.compare(found) : 0;
    if (found === undefined || (reverse ? order > 0 : order < 0)) found = prefix;
  }
  return found;
}

/** Walks one family, a page at a time, so that a large table is read in little memory. */
class Cursor {
  #page: Stored[] = [];
  #at = 0;
  #size: number = PAGE.first;
  #done = false;

  constructor(
    private readonly view: View,
    private stretch: Omit<Stretch, "limit">,
  ) {}

  get family(): string {
    return this.stretch.family;
  }

  /** The beginning of the keys of the next row; undefined at the end. */
  async head(): Promise<Buffer | undefined> {
    const entry = await this.#peek();
    return entry && prefixOf(entry.key);
  }

  /** The row's cells, if the cursor stands at that row. */
  async take(prefix: Buffer, most = Number.POSITIVE_INFINITY): Promise<Cell[]> {
    const cells: Cell[] = [];
    for (let entry = await this.#peek(); entry !== undefined && isOfRow(entry.key, prefix); entry = await this.#peek()) {
      if (cells.length === most) {
        this.#pass(prefix);
        break;
      }
      cells.push(cellOf(entry.key.subarray(prefix.length), entry.value));
      this.#at++;
    }
    return this.stretch.reverse ? cells.reverse() : cells;
  }

  /** Leaves out the rest of a row. What of it is in no page yet is not read. */
  #pass(prefix: Buffer): void {
    const left = this.#page.findIndex(({ key }, i) => i >= this.#at && !isOfRow(key, prefix));
    this.#at = left < 0 ? this.#page.length : left;
    if (left < 0) this.stretch = this.stretch.reverse ? { ...this.stretch, to: prefix } : { ...this.stretch, from: rowEnd(prefix) };
  }

  async #peek(): Promise<Stored | undefined> {
    if (this.#at === this.#page.length && !this.#done) await this.#turn();
    return this.#page[this.#at];
  }

  async #turn(): Promise<void> {
    this.#page = await this.view.range({ ...this.stretch, limit: this.#size });
    this.#at = 0;
    this.#done = this.#page.length < this.#size;
    const last = this.#page.at(-1)?.key;
    if (last) this.stretch = this.stretch.reverse ? { ...this.stretch, to: last } : { ...this.stretch, from: Buffer.concat([last, SUCCESSOR]) };
    this.#size = pageAfter(this.#page, this.#size);
  }
}

function pageAfter(page: readonly Stored[], size: number): number {
  const bytes = page.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
  if (bytes > PAGE.largeBytes) return Math.max(PAGE.least, size >> 2);
  return bytes < PAGE.smallBytes ? Math.min(PAGE.most, size << 1) : size;
}

/** A key followed by this is the next key: nothing sorts between them. */
const SUCCESSOR = Buffer.of(0);
