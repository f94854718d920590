"use client";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { between, type Drawn, drawnOf, onScreen } from "../model/stack";
import { bringIn, firstIn, type Place, rowIn, rowsIn, topIn } from "./stack-dom";

/** Rows drawn above and below the screen, so that a quick scroll meets them ready. */
const SPARE = 8;
/** Pixels from the end within which the newest row counts as seen and what comes is followed. */
const NEAR_END = 80;
/** Without a scroll event for so long, milliseconds, the scrolling is over. */
const STILL = 150;

const TAKES_HOLD = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

interface StackOptions {
  /** Keys of the rows, oldest first. A row keeps its key. */
  readonly keys: readonly string[];
  /** A first guess of a row's height in pixels; the real one is measured when it is drawn. */
  readonly guess: (index: number) => number;
  /** A row that is drawn wherever it is, because the keyboard stops there. */
  readonly keep: number;
}

export interface Stack {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLOListElement | null>;
  readonly onScroll: () => void;
  readonly drawn: readonly Drawn[];
  /** Height left out below the last drawn row, pixels. */
  readonly after: number;
  /** Index of the first row on the screen. */
  readonly first: number;
  readonly atEnd: boolean;
  readonly moving: boolean;
  reveal(index: number, block?: "center" | "nearest"): void;
  toEnd(behavior?: ScrollBehavior): void;
}

/**
 * A list that is read from its end, of which only what is on the screen is drawn. Its scroller is a `column-reverse`: the browser counts
 * from the end, so older rows that come, and rows above the screen that turn out higher than guessed, move nothing. What changes below
 * the upper edge is made up for here: the first row on the screen stays where it is, unless the end is followed.
 */
export function useStack({ keys, guess, keep }: StackOptions): Stack {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const measured = useRef(new Map<string, number>());
  const place = useRef<Place>(undefined);
  const goal = useRef<{ readonly key: string; readonly block: "center" | "nearest" } | "end">(undefined);
  const [screen, setScreen] = useState(() => ({ bottom: 0, height: window.innerHeight }));
  const [atEnd, setAtEnd] = useState(true);
  const [moving, setMoving] = useState(false);
  const still = useRef<ReturnType<typeof setTimeout>>(undefined);
  const heightsNow = () => keys.map((key, index) => measured.current.get(key) ?? guess(index));
  const heights = heightsNow();
  const shown = onScreen(heights, screen);

  /** Takes down where everything is now, and draws other rows when others are on the screen. */
  const look = useRef(() => {});
  look.current = () => {
    const [element, rows] = [scroller.current, list.current];
    if (element === null || rows === null) return;
    for (const row of rowsIn(rows)) measured.current.set(row.dataset.key ?? "", row.getBoundingClientRect().height);
    place.current = firstIn(element, rows);
    const next = { bottom: Math.max(0, -element.scrollTop), height: element.clientHeight };
    setAtEnd(next.bottom < NEAR_END);
    const { start, end } = onScreen(heightsNow(), next);
    if (start !== shown.start || end !== shown.end) setScreen(next);
  };

  /** After something was drawn or changed its size: puts the screen where it belongs. */
  const settle = useRef(() => {});
  settle.current = () => {
    const [element, rows] = [scroller.current, list.current];
    if (element === null || rows === null) return;
    if (typeof goal.current === "object") {
      const row = rowIn(rows, goal.current.key);
      if (row) bringIn(element, row, goal.current.block);
      goal.current = undefined;
    } else if (goal.current === undefined && place.current !== undefined && element.scrollTop < 0) {
      const row = rowIn(rows, place.current.key);
      const by = row ? topIn(element, row) - place.current.top : 0;
      if (Math.abs(by) >= 1) element.scrollTop += by;
    }
    look.current();
  };

  const newest = keys.at(-1);
  const known = useRef(newest);
  useLayoutEffect(() => {
    if (known.current !== newest && atEnd && scroller.current) scroller.current.scrollTop = 0;
    known.current = newest;
  }, [newest, atEnd]);
  useLayoutEffect(() => settle.current());
  useEffect(() => {
    let width = scroller.current?.clientWidth;
    const observer = new ResizeObserver(() => {
      if (width !== scroller.current?.clientWidth) measured.current.clear();
      width = scroller.current?.clientWidth;
      settle.current();
    });
    if (scroller.current) observer.observe(scroller.current);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = scroller.current;
    // Whoever takes hold of the list while it glides to the end goes where they want.
    const letGo = () => {
      goal.current = undefined;
    };
    for (const event of TAKES_HOLD) element?.addEventListener(event, letGo, { passive: true });
    return () => {
      clearTimeout(still.current);
      for (const event of TAKES_HOLD) element?.removeEventListener(event, letGo);
    };
  }, []);

  const onScroll = useCallback(() => {
    setMoving(true);
    clearTimeout(still.current);
    still.current = setTimeout(() => {
      if (goal.current === "end" && scroller.current) scroller.current.scrollTop = 0;
      goal.current = undefined;
      setMoving(false);
    }, STILL);
    look.current();
  }, []);
  const reveal = (index: number, block: "center" | "nearest" = "center") => {
    const [element, key] = [scroller.current, keys[index]];
    if (element === null || key === undefined) return;
    goal.current = { key, block };
    setScreen({ height: element.clientHeight, bottom: Math.max(0, between(heights, index, heights.length) - element.clientHeight / 2) });
  };
  const toEnd = (behavior: ScrollBehavior = "auto") => {
    goal.current = behavior === "smooth" ? "end" : undefined;
    scroller.current?.scrollTo({ top: 0, behavior });
  };
  const { drawn, after } = drawnOf(heights, shown, SPARE, keep);
  return { scroller, list, onScroll, drawn, after, first: shown.start, atEnd, moving, reveal, toEnd };
}
