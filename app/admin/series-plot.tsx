"use client";
import { lazy, Suspense } from "react";
import { untilLoaded } from "@/app/ui/until-loaded";
import type { Series } from "./data";
import { seriesWords } from "./words";

const Plot = lazy(untilLoaded(() => import("./plot")));

/** One hour of one measure, with its words; `of`: whose it is, where there are several. The drawing's library comes only here, after the words. */
export function SeriesPlot({ series, hue, of }: { series: Series; hue: string; of?: string }) {
  const words = seriesWords(series);
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-col gap-0.5">
        <span className="font-semibold text-large">{series.label}</span>
        <span className="text-muted text-small">{words}</span>
      </figcaption>
      <div className="h-48">
        {series.points.length > 1 && (
          <Suspense>
            <Plot series={series} hue={hue} label={`${of ? `${of}: ` : ""}${series.label}, the last hour. ${words}`} />
          </Suspense>
        )}
      </div>
    </figure>
  );
}
