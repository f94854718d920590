"use client";
import { type RefObject, useCallback, useLayoutEffect, useState } from "react";
import { rowsShown, type Shown, topFor } from "../model/rows-shown";
import { ROW } from "./thread-row";

/** Pixels assumed for the first drawing, before anything is measured. */
const VIEW = 900;

/**
 * The window on a list whose rows all have one height. Nothing is to be measured here, so it needs no library; the conversation, whose
 * rows differ, has one.
 */
export function useRows(scroller: RefObject<HTMLElement | null>, count: number) {
  const [shown, setShown] = useState<Shown>(() => rowsShown({ top: 0, view: VIEW, height: ROW, count }));
  const note = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const next = rowsShown({ top: element.scrollTop, view: element.clientHeight, height: ROW, count });
    setShown((former) => (former.first === next.first && former.end === next.end ? former : next));
  }, [scroller, count]);
  useLayoutEffect(() => {
    note();
    const observer = new ResizeObserver(note);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller, note]);
  const toRow = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element) element.scrollTop = topFor(index, { top: element.scrollTop, view: element.clientHeight, height: ROW });
    },
    [scroller],
  );
  return { shown, note, toRow };
}
