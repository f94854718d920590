import { byFault, median, type Run, seconds, worst } from "./runs";
import { bar, line, picture, text } from "./svg";

const WIDTH = 860;
const LABELS = 420;
const RIGHT = 50;
const ROW = 34;
const TOP = 30;

/** A bar for each fault: the longest pause, the middle one in it, the rows elsewhere below it, and the budget. */
export function pausesPlot(runs: readonly Run[]): string {
  const faults = byFault(runs);
  const longest = Math.max(
    5_000,
    ...faults.map((fault) =>
      Math.max(
        fault.runs[0]!.budget ?? 0,
        worst(fault.runs, ({ hit }) => hit.changes.max),
      ),
    ),
  );
  const at = (ms: number) => LABELS + (ms / longest) * (WIDTH - LABELS - RIGHT);
  const height = TOP + faults.length * ROW + 30;
  const step = longest > 40_000 ? 20_000 : longest > 16_000 ? 4_000 : 2_000;
  const axis = Array.from({ length: Math.floor(longest / step) + 1 }, (_, i) => i * step).flatMap((ms) => [
    line(at(ms), TOP - 8, at(ms), height - 24, "axis"),
    text(at(ms), height - 10, `${ms / 1_000} s`, 'class="small" text-anchor="middle"'),
  ]);
  const legend = text(LABELS, 14, "longest wait of a change: blue on what was hit (line: p50), grey elsewhere, red the budget", 'class="small"');
  return picture(WIDTH, height, "Longest pauses", [legend, ...axis, ...faults.flatMap((fault, i) => row(fault.runs, TOP + i * ROW, at))]);
}

function row(runs: readonly Run[], y: number, at: (ms: number) => number): string[] {
  const [{ title, budget, others }] = runs as [Run];
  const [max, middle] = [worst(runs, ({ hit }) => hit.changes.max), median(runs, ({ hit }) => hit.changes.p50)];
  return [
    text(LABELS - 10, y + 16, title, 'text-anchor="end" class="small"'),
    bar(at(0), y + 4, at(max) - at(0), 13, "hit"),
    line(at(middle), y + 5, at(middle), y + 16, "middle"),
    ...(others.changes.rows === 0 ? [] : [bar(at(0), y + 18, Math.max(1, at(worst(runs, (run) => run.others.changes.max)) - at(0)), 5, "others")]),
    ...(budget === undefined ? [] : [line(at(budget), y + 2, at(budget), y + 24, "budget")]),
    text(at(max) + 5, y + 15, `${seconds(max)} s`, 'class="small"'),
  ];
}
