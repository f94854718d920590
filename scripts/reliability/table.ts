import { byFault, median, type Run, seconds, worst } from "./runs";

/** The inbox speaks up after so long (app/replica/stall.ts), milliseconds. */
const INBOX_SPEAKS = 2_500;

const HEAD = [
  "| what was done | runs | load | pause p50 | pause max | of reads | others, max | budget | what callers were told | what an inbox user notices |",
  "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
];

export function table(runs: readonly Run[]): string {
  return [...HEAD, ...byFault(runs).map((fault) => line(fault.runs))].join("\n");
}

function line(runs: readonly Run[]): string {
  const [{ title, budget, others }] = runs as [Run];
  const cells = [
    ...[
      title,
      String(runs.length),
      loads(runs),
      `${seconds(median(runs, ({ hit }) => hit.changes.p50))} s`,
      `${seconds(worst(runs, ({ hit }) => hit.changes.max))} s`,
    ],
    `${seconds(worst(runs, ({ hit }) => hit.reads.max))} s`,
    others.changes.rows === 0 ? "" : `${seconds(worst(runs, (run) => Math.max(run.others.changes.max, run.others.reads.max)))} s`,
    ...[budget === undefined ? "" : `${budget / 1_000} s`, told(runs), noticed(runs)],
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Of the least and the most busy run. */
function loads(runs: readonly Run[]): string {
  const [least, most] = [Math.min, Math.max].map((pick) => String(Math.round(pick(...runs.map(({ load }) => load)))));
  return least === most ? `${most}` : `${least} to ${most}`;
}

/** On the average run. */
function told(runs: readonly Run[]): string {
  const counts: Record<string, number> = {};
  for (const { errors } of runs) for (const [kind, count] of Object.entries(errors)) counts[kind] = (counts[kind] ?? 0) + count;
  const each = Object.entries(counts).map(([kind, count]) => `${Math.ceil(count / runs.length)} ${kind}`);
  return each.join(", ") || "nothing";
}

function noticed(runs: readonly Run[]): string {
  const longest = worst(runs, ({ hit }) => Math.max(hit.changes.max, hit.reads.max));
  const who = runs[0]!.others.changes.rows === 0 ? "everybody" : "whose mailbox was there";
  if (longest < INBOX_SPEAKS) return longest < 1_000 ? "nothing" : `a message says Sending for up to ${seconds(longest)} s`;
  return `${who}: after 2.5 s the line that Braid is slow to save; what was written waits in sight and goes by itself`;
}
