"use client";
import { areaY, lineY, plot, pointerX, ruleY, tip } from "@observablehq/plot";
import { useEffect, useRef, useState } from "react";
import { clockTime } from "@/app/ui/time";
import type { Series } from "./data";

interface Point {
  readonly at: Date;
  readonly value: number;
}

/** A line over time. It is an image to screen readers; `label` says what it shows. */
export default function Plot({ series, hue, label }: { series: Series; hue: string; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  useEffect(() => {
    if (width === 0) return;
    const drawing = draw(
      series.points.map(([at, value]) => ({ at: new Date(at), value })),
      hue,
      width,
    );
    // Plot names each mark's group, which only elements with a role may be; the whole picture has its name.
    for (const group of drawing.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
    box.current?.replaceChildren(drawing);
  }, [series, hue, width]);
  return <div ref={box} role="img" aria-label={label} className="h-48 overflow-hidden [--plot-background:var(--raised)]" dir="ltr" />;
}

function draw(points: readonly Point[], hue: string, width: number): Element {
  const place = { x: "at", y: "value" } as const;
  return plot({
    width,
    height: 192,
    marginLeft: 40,
    marginRight: 32,
    marginBottom: 28,
    style: { background: "transparent", color: "var(--muted)", fontFamily: "inherit", fontSize: "13px" },
    x: { type: "time", label: null, ticks: Math.max(2, Math.floor(width / 120)), tickFormat: (at: Date) => clockTime(at.getTime()), tickSize: 0 },
    // Never less than 0 to 4: an hour without anything still has an axis, and a count no fractions.
    y: { domain: [0, Math.max(4, ...points.map(({ value }) => value))], label: null, ticks: 4, tickSize: 0, nice: true, grid: true },
    marks: [
      ruleY([0], { stroke: "var(--edge)" }),
      areaY(points, { ...place, fill: hue, fillOpacity: 0.1 }),
      lineY(points, { ...place, stroke: hue, strokeWidth: 2 }),
      tip(points, pointerX({ ...place, fill: "var(--raised)", stroke: "var(--line)", format: { x: (at: Date) => clockTime(at.getTime()) } })),
    ],
  });
}

/** CSS pixels, following the layout. */
function useWidth(box: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (box.current === null) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  return width;
}
