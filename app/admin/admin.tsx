"use client";
import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/app/ui/button";
import { ShowLoaded } from "@/app/ui/loaded";
import { OfflineLine, useOfflineSince } from "@/app/ui/offline";
import { PageFrame } from "@/app/ui/page-frame";
import { isRefused, sentenceOf } from "@/app/ui/refusal";
import { Skeleton } from "@/app/ui/skeleton";
import { EmptyState, Note } from "@/app/ui/states";
import { Carriers } from "./carriers";
import { loadOverview, type Overview } from "./data";
import { Figures } from "./figures";
import { Probes } from "./probes";
import { SeriesPlot } from "./series-plot";
import { Storage } from "./storage";
import { health } from "./words";

const EVERY = 5_000;

/** How this Braid is doing, for the people who look after it. */
export function Admin() {
  const loaded = useQuery({ queryKey: ["overview"], queryFn: loadOverview, refetchInterval: EVERY });
  if (isRefused(loaded.error, "account/forbidden")) return <NotForYou />;
  return (
    <PageFrame title="How Braid is doing" width="wide" words={loaded.data && health(loaded.data.probes)}>
      <OfflineLine meanwhile="What stands here is from before." />
      <ShowLoaded loaded={loaded} of="the overview" skeleton={<OverviewSkeleton />}>
        {(overview) => <Whole overview={overview} stale={loaded.error ? sentenceOf(loaded.error) : undefined} />}
      </ShowLoaded>
    </PageFrame>
  );
}

function Whole({ overview, stale }: { overview: Overview; stale?: string }) {
  const offline = useOfflineSince() !== undefined;
  return (
    <>
      {stale && !offline && <Note tone="wait">What stands here is from before: {stale}</Note>}
      <div className="grid gap-10 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:gap-16">
        <Probes probes={overview.probes} />
        <Figures figures={overview.figures} />
      </div>
      {overview.storage && <Storage storage={overview.storage} />}
      <Carriers sms={overview.sms} />
      <div className="grid gap-10 md:grid-cols-2 md:gap-16">
        {overview.series.map((series, place) => (
          <SeriesPlot key={series.key} series={series} hue={place % 2 === 0 ? "var(--accent)" : "var(--email)"} />
        ))}
      </div>
    </>
  );
}

const NotForYou = () => (
  <PageFrame title="How Braid is doing" width="wide">
    <EmptyState action={<ButtonLink href="/">Go to your inbox</ButtonLink>}>Only admins can look behind the scenes. Ask one to let you in.</EmptyState>
  </PageFrame>
);

const OverviewSkeleton = () => (
  <div className="grid gap-10 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:gap-16">
    <div className="flex flex-col gap-5">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} className="h-10" />
      ))}
    </div>
    <Skeleton className="h-64" />
  </div>
);
