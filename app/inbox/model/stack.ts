/** A stretch of rows, by index: `end` is the first that is not in it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What lies on the screen: its lower edge in pixels above the foot of the newest row, and how high it is. */
export interface Screen {
  readonly bottom: number;
  readonly height: number;
}

/** A row that is drawn, with the height of what is left out between it and the one drawn above. */
export interface Drawn {
  readonly index: number;
  readonly gap: number;
}

/** The rows that touch the screen: those that stand at least partly between its edges, at least one if there are any. */
export function onScreen(heights: readonly number[], { bottom, height }: Screen): Stretch {
  let [end, below] = [heights.length, 0];
  while (end > 1 && below + heights[end - 1]! <= bottom) below += heights[--end]!;
  let start = end;
  while (start > 0 && below < bottom + height) below += heights[--start]!;
  return { start: Math.min(start, Math.max(0, end - 1)), end };
}

/** What to draw: the stretch with `spare` rows around it, and the row at `keep` wherever it is. `after` is the height left out at the end. */
export function drawnOf(heights: readonly number[], { start, end }: Stretch, spare: number, keep: number): { drawn: readonly Drawn[]; after: number } {
  const [from, to] = [Math.max(0, start - spare), Math.min(heights.length, end + spare)];
  const indexes = Array.from({ length: to - from }, (_, at) => from + at);
  if (keep >= 0 && keep < from) indexes.unshift(keep);
  if (keep >= to && keep < heights.length) indexes.push(keep);
  let next = 0;
  const drawn = indexes.map((index) => {
    const gap = between(heights, next, index);
    next = index + 1;
    return { index, gap };
  });
  return { drawn, after: between(heights, next, heights.length) };
}

/** The height of the rows from one index to before another. */
export function between(heights: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += heights[at]!;
  return sum;
}
