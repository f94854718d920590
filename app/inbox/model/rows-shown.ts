/** Rows drawn beyond each edge of the screen, so that a fast scroll meets rows and not paper. */
const BEYOND = 10;

/** Rows `first` to `end` (exclusive) of a list. */
export interface Shown {
  readonly first: number;
  readonly end: number;
}

/** Which rows of one height are to be drawn, for a list scrolled to `top` in a window of `view` pixels. */
export function rowsShown({ top, view, height, count }: { top: number; view: number; height: number; count: number }): Shown {
  const first = Math.max(0, Math.min(Math.floor(top / height) - BEYOND, count));
  return { first, end: Math.max(first, Math.min(Math.ceil((top + view) / height) + BEYOND, count)) };
}

/** Indexes to draw, in order; the row that has the focus stays even when it is far from the screen. */
export function indexesOf({ first, end }: Shown, keep: number, count: number): readonly number[] {
  const indexes = Array.from({ length: end - first }, (_, place) => first + place);
  if (keep < 0 || keep >= count || (keep >= first && keep < end)) return indexes;
  return keep < first ? [keep, ...indexes] : [...indexes, keep];
}

/** How far to scroll so that a row is wholly on the screen: as little as possible. */
export function topFor(index: number, { top, view, height }: { top: number; view: number; height: number }): number {
  const start = index * height;
  if (start < top) return start;
  return start + height > top + view ? start + height - view : top;
}
