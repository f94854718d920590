import type { Bytes } from "../wire/bytes";
import type { Region } from "./region";

export interface Known {
  readonly region: Region;
  readonly foundAt: number;
  /** Its server said, or its silence, that the region is elsewhere. */
  stale: boolean;
}

/** The known regions of one table, ordered by start key; they never overlap. */
export class RegionCache {
  private list: Known[] = [];

  /** The region that holds the row; with `before`, the one that holds what comes just before it (an empty row is then the table's end). */
  find(row: Bytes, before: boolean): Known | undefined {
    const known = this.list[this.position(row, before) - 1];
    return known && holds(known.region, row, before) ? known : undefined;
  }

  /** Takes the place of every region that it overlaps: they were there before a split or a merge. */
  put(region: Region, foundAt: number): void {
    let first = this.position(region.start, false);
    while (first > 0 && overlap(this.list[first - 1]!.region, region)) first--;
    let after = first;
    while (after < this.list.length && overlap(this.list[after]!.region, region)) after++;
    this.list.splice(first, after - first, { region, foundAt, stale: false });
  }

  outdate(region: Region): boolean {
    const known = this.list[this.position(region.start, false) - 1];
    if (known?.region !== region || known.stale) return false;
    known.stale = true;
    return true;
  }

  outdateServer({ host, port }: Region): void {
    for (const known of this.list) if (known.region.host === host && known.region.port === port) known.stale = true;
  }

  get size(): number {
    return this.list.length;
  }

  /** How many regions start at or before the row; with `before`, strictly before. */
  private position(row: Bytes, before: boolean): number {
    if (before && row.length === 0) return this.list.length;
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = Buffer.compare(this.list[middle]!.region.start, row);
      if (before ? order < 0 : order <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether the region holds the row; with `before`, what comes just before it (an empty row is then the table's end). */
export function holds({ start, end }: Region, row: Bytes, before: boolean): boolean {
  if (before && row.length === 0) return end.length === 0;
  const [toStart, toEnd] = [Buffer.compare(row, start), end.length === 0 ? -1 : Buffer.compare(row, end)];
  return before ? toStart > 0 && toEnd <= 0 : toStart >= 0 && toEnd < 0;
}

const overlap = (a: Region, b: Region): boolean =>
  (b.end.length === 0 || Buffer.compare(a.start, b.end) < 0) && (a.end.length === 0 || Buffer.compare(b.start, a.end) < 0);
