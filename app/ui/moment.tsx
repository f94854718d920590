"use client";
import { useNow } from "./now";
import { clockTime, dayTime, exactTime, longTime, shortTime } from "./time";

const SAY = { short: shortTime, long: longTime, day: dayTime, clock: (at: number) => clockTime(at) };

/** A time as a person says it, kept fresh, exact on hover. `at` is Unix milliseconds. `short`: 5 min; `long`: 5 minutes ago; `clock`: 09:14. */
export function Time({ at, as = "short", className }: { at: number; as?: keyof typeof SAY; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} className={className} data-tip={exactTime(at)} suppressHydrationWarning>
      {SAY[as](at, now)}
    </time>
  );
}
