import type { Cell as StoredCell } from "../../../hbase";
import type { Bytes, Range } from "../../contract";
import { between } from "./between";
import type { FamilyLayout } from "./layout";

/** A stretch of the stored qualifiers of a family: from inclusive, to exclusive. */
export interface Stretch {
  readonly from: Bytes | undefined;
  readonly to: Bytes | undefined;
}

export interface Reading {
  readonly limit?: number;
  /** Values are left out. */
  readonly keysOnly?: boolean;
}

/** Reads cells of one family of one row, in stored order. */
export type ReadStretch = (stretch: Stretch, reading: Reading) => Promise<StoredCell[]>;

/** Cells of one answer: a row may hold more than fits into one. */
const PAGE = 1000;
/** Names read beyond those that are needed, so that few halvings find the end. Values are left out, so there may be more of them than cells in a page. */
const SPARE = 256;
const HALVINGS = 8;
/** Names that are much alike are walked through after so many readings. */
const MANY = 96;

/** Where a range of the contract lies among the stored qualifiers, and whether it is read from their end. */
export function storedRange(family: FamilyLayout, { from, to, reverse }: Range): Stretch & { readonly backwards: boolean } {
  if (!family.newestFirst) return { from, to, backwards: reverse };
  const bound = (qualifier: Bytes | undefined) => qualifier && after(family.qualifier(qualifier));
  return { from: bound(to), to: bound(from), backwards: !reverse };
}

/** The first cells of a stretch, page after page by name. */
export async function firstOf(read: ReadStretch, { from, to }: Stretch, limit: number): Promise<StoredCell[]> {
  const cells: StoredCell[] = [];
  for (let next = from; ; ) {
    const wanted = Math.min(PAGE, limit - cells.length);
    const page = await read({ from: next, to }, { limit: wanted });
    for (const cell of page) cells.push(cell);
    if (page.length < wanted || cells.length === limit) return cells;
    next = after(page.at(-1)!.qualifier);
  }
}

/**
 * The last cells of a stretch, the last one first. HBase walks the columns of a row forwards only, and cannot say how many there are. A short stretch is read at
 * once. Else names are halved until few cells are behind one, and the last `limit` are read by name. No reading gives more than 2 * limit + 256 names, and ids take 10
 * to 70 readings however many there are.
 */
export async function lastOf(read: ReadStretch, stretch: Stretch, limit: number): Promise<StoredCell[]> {
  if (limit > PAGE) return lastOfAll(read, stretch, limit);
  for (;;) {
    const short = await read(stretch, { limit: limit + 1 });
    if (short.length <= limit) return short.reverse();
    const from = await nearTheEnd(read, short[1]!.qualifier, stretch.to, limit);
    const cells = await read({ from, to: stretch.to }, {});
    // Fewer only when cells went away meanwhile.
    if (cells.length >= limit) return cells.slice(-limit).reverse();
  }
}

/** The name of a cell with `limit` cells from it on, and no more unless some came meanwhile. There are as many from `low` on. */
async function nearTheEnd(read: ReadStretch, low: Bytes, to: Bytes | undefined, limit: number): Promise<Bytes> {
  const enough = 2 * limit + SPARE;
  let [near, far] = [low, to];
  for (let readings = 1; ; readings++) {
    // Halving comes ever closer to a name and never reaches it, so now and then it is read from there.
    const isNear = readings % HALVINGS === 0 || readings > MANY;
    const place = isNear ? near : (between(near, far) ?? near);
    const before = near;
    const names = await read({ from: place, to }, { limit: enough, keysOnly: true });
    if (names.length < limit) far = place;
    else near = names.at(-limit)!.qualifier;
    if (far !== undefined && Buffer.compare(near, far) >= 0) far = to; // more has come behind it
    if (names.length < enough && (names.length >= limit || place === before)) return near;
  }
}

/** Of a large part of a stretch: all of it, page after page, keeping the end. */
async function lastOfAll(read: ReadStretch, { from, to }: Stretch, limit: number): Promise<StoredCell[]> {
  let kept: StoredCell[] = [];
  for (let next = from; ; ) {
    const page = await read({ from: next, to }, { limit: PAGE });
    for (const cell of page) kept.push(cell);
    if (kept.length >= 2 * limit) kept = kept.slice(-limit);
    if (page.length < PAGE) return kept.slice(-limit).reverse();
    next = after(page.at(-1)!.qualifier);
  }
}

/** What comes right after: nothing sorts between. */
const after = (qualifier: Bytes): Buffer => Buffer.concat([qualifier, ZERO]);
const ZERO = Buffer.alloc(1);
