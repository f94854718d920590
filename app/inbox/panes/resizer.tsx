"use client";
import { type KeyboardEvent, type PointerEvent, useEffect, useState } from "react";
import { fitting, PANES, type Pane, readWidth, setWidth } from "./widths";

const STEP = 16;

interface ResizerProps {
  pane: Pane;
  label: string;
  /** On which edge of its pane it stands: an `end` edge grows the pane when moved towards the end. */
  edge: "start" | "end";
  className?: string;
}

/** The edge between two panes, to drag or to move with the arrow keys (WAI-ARIA window splitter); a double click resets it. */
export function Resizer({ pane, label, edge, className }: ResizerProps) {
  const { min, max, usual } = PANES[pane];
  const [width, setShown] = useState<number>(usual);
  useEffect(() => setShown(readWidth(pane)), [pane]);
  const resize = (next: number) => setShown(setWidth(pane, next));
  const drag = (event: PointerEvent<HTMLHRElement>) => {
    const from = { x: event.clientX, width: readWidth(pane) };
    const grows = towardsEnd(event.currentTarget) === (edge === "end") ? 1 : -1;
    const handle = event.currentTarget;
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => resize(from.width + grows * (moved.clientX - from.x));
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), { once: true });
  };
  const press = (event: KeyboardEvent<HTMLHRElement>) => {
    const next = keyed(event.key, width, pane, towardsEnd(event.currentTarget) === (edge === "end"));
    if (next === undefined) return;
    event.preventDefault();
    resize(next);
  };
  return (
    // A focusable separator with a value is a widget (WAI-ARIA 1.2, 5.4).
    <hr
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={drag}
      // Else the browser begins to drag the link that lies beneath.
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={press}
      onDoubleClick={() => resize(usual)}
      className={`absolute inset-y-0 z-10 m-0 h-full w-2 border-0 cursor-col-resize touch-none select-none after:absolute after:inset-y-0 after:start-1/2 after:w-px after:transition-colors hover:after:bg-edge focus-visible:outline-offset-0 active:after:bg-accent ${edge === "end" ? "-end-1" : "-start-1"} ${className ?? ""}`}
    />
  );
}

const towardsEnd = (element: Element): boolean => getComputedStyle(element).direction !== "rtl";

function keyed(key: string, width: number, pane: Pane, rightGrows: boolean): number | undefined {
  switch (key) {
    case "ArrowRight":
      return fitting(pane, width + (rightGrows ? STEP : -STEP));
    case "ArrowLeft":
      return fitting(pane, width + (rightGrows ? -STEP : STEP));
    case "Home":
      return PANES[pane].min;
    case "End":
      return PANES[pane].max;
    default:
      return undefined;
  }
}
