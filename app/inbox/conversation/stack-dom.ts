/** A row and how far below the upper edge of the scroller it begins, in pixels. */
export interface Place {
  readonly key: string;
  readonly top: number;
}

export const rowsIn = (list: Element): readonly HTMLElement[] => Array.from(list.children).filter((row) => row instanceof HTMLElement);

export const rowIn = (list: Element, key: string): HTMLElement | undefined => rowsIn(list).find((row) => row.dataset.key === key);

export const topIn = (scroller: Element, row: Element): number => row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;

/** The first row that is at least partly on the screen. */
export function firstIn(scroller: Element, list: Element): Place | undefined {
  const edge = scroller.getBoundingClientRect().top;
  const row = rowsIn(list).find((each) => each.getBoundingClientRect().bottom > edge + 1);
  return row?.dataset.key === undefined ? undefined : { key: row.dataset.key, top: topIn(scroller, row) };
}

export function bringIn(scroller: Element, row: Element, block: "center" | "nearest"): void {
  const [top, height] = [topIn(scroller, row), row.getBoundingClientRect().height];
  const room = scroller.clientHeight - height;
  if (block === "center") scroller.scrollTop += top - room / 2;
  else if (top < 0 || room < 0) scroller.scrollTop += top;
  else if (top > room) scroller.scrollTop += top - room;
}
