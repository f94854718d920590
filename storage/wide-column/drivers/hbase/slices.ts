import type { Cell as StoredCell } from "../../../hbase";
import type { Bytes, Range } from "../../contract";
import type { FamilyLayout } from "./layout";

/** A stretch of the stored qualifiers of a family: from inclusive, to exclusive. */
export interface Stretch {
  readonly from: Bytes | undefined;
  readonly to: Bytes | undefined;
}

export interface Reading {
  readonly limit?: number;
  /** Cells to pass over. The server walks over them all, some 0.6 microseconds each. */
  readonly offset?: number;
  /** Values are left out. */
  readonly keysOnly?: boolean;
}

/** Reads cells of one family of one row, in stored order. */
export type ReadStretch = (stretch: Stretch, reading: Reading) => Promise<StoredCell[]>;

/** Cells of one answer: a row may hold more than fits into one. */
const PAGE = 1000;
const LEAST_LEAP = 256;
const FARTHEST_LEAP = 65_536;
const LONGER = 4;

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
 * The last cells of a stretch, the last one first. HBase walks the columns of a row forwards only and cannot say how many there are. A short stretch is read at
 * once. Else: leaps over more and more cells, then fewer and fewer, until the end is near, and one reading from `limit` before there. That the server walks over
 * all cells is what makes it slow in long rows (100,000 cells: some 100 ms), and why families that are read so are stored the newest first.
 */
export async function lastOf(read: ReadStretch, stretch: Stretch, limit: number): Promise<StoredCell[]> {
  if (limit > PAGE) return lastOfAll(read, stretch, limit);
  const short = await read(stretch, { limit: limit + 1 });
  if (short.length <= limit) return short.reverse();
  for (;;) {
    const { from, offset } = await nearTheEnd(read, stretch, limit);
    const cells = await read({ from, to: stretch.to }, { offset });
    // Fewer only when cells went away meanwhile.
    if (cells.length >= limit || (from === stretch.from && offset === 0)) return cells.slice(-limit).reverse();
  }
}

/** A place with at least `limit` cells behind it, and not many more. */
async function nearTheEnd(read: ReadStretch, { from, to }: Stretch, limit: number): Promise<{ from: Bytes | undefined; offset: number }> {
  const least = Math.max(limit, LEAST_LEAP);
  let [before, at, leaped, leap, growth] = [from, from, 0, least, LONGER];
  for (;;) {
    const [landed] = await read({ from: at, to }, { offset: leap, limit: 1, keysOnly: true });
    if (landed) [before, at, leaped] = [at, landed.qualifier, leap];
    else if (leap === least) return { from: before, offset: Math.max(0, leaped - limit) };
    else growth = 1;
    leap = landed ? Math.min(leap * growth, FARTHEST_LEAP) : Math.max(least, Math.floor(leap / LONGER));
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
