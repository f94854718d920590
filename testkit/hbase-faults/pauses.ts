import type { History, Wait } from "./history";

/** How long callers waited for one thing at the longest, milliseconds: over rows, the middle one and the worst. */
export interface Pause {
  readonly rows: number;
  readonly p50: number;
  readonly max: number;
}

export interface Pauses {
  readonly changes: Pause;
  readonly reads: Pause;
}

/** A stretch of the history, in its milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The longest wait of each of these rows that touches the stretch. */
export function pausesOf({ waits }: History, rows: ReadonlySet<string>, stretch: Stretch): Pauses {
  const within = waits.filter((wait) => rows.has(wait.row) && wait.to >= stretch.from && wait.from <= stretch.to);
  return { changes: pauseOf(within, "change"), reads: pauseOf(within, "read") };
}

function pauseOf(waits: readonly Wait[], what: Wait["what"]): Pause {
  const longest = new Map<string, number>();
  for (const { row, from, to } of waits.filter((wait) => wait.what === what)) longest.set(row, Math.max(longest.get(row) ?? 0, to - from));
  const sorted = [...longest.values()].sort((a, b) => a - b);
  return { rows: sorted.length, p50: sorted[Math.floor(sorted.length / 2)] ?? 0, max: sorted.at(-1) ?? 0 };
}

/** What callers were told of failures in the stretch, by kind, changes and reads together. */
export function errorsOf({ attempts, readings }: History, { from, to }: Stretch): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { error, ended, invoked } of [...attempts, ...readings])
    if (error !== undefined && ended >= from && invoked <= to) counts[error] = (counts[error] ?? 0) + 1;
  return counts;
}

/** Changes acknowledged in each span of the stretch: what a plot shows. */
export function acknowledgedBy({ waits }: History, rows: ReadonlySet<string>, { from, to }: Stretch, span: number): number[] {
  const counts = Array.from({ length: Math.ceil((to - from) / span) }, () => 0);
  for (const wait of waits)
    if (wait.what === "change" && rows.has(wait.row) && wait.to >= from && wait.to < to) {
      const at = Math.floor((wait.to - from) / span);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  return counts;
}
