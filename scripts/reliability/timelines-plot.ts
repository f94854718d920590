import { byFault, middleOf, type Run } from "./runs";
import { area, line, picture, text } from "./svg";

const WIDTH = 860;
const COLUMNS = 2;
const CELL = { width: WIDTH / COLUMNS, height: 110, left: 40, right: 15, top: 24, bottom: 20 };

/** A small picture for each fault: changes acknowledged a second, on what was hit over what was not, around the strike. */
export function timelinesPlot(runs: readonly Run[]): string {
  const faults = byFault(runs);
  const height = Math.ceil(faults.length / COLUMNS) * CELL.height + 20;
  const legend = text(8, 14, "changes acknowledged a second: blue on what was hit, grey elsewhere; the dashed line is the strike", 'class="small"');
  return picture(WIDTH, height, "Changes acknowledged a second around each fault", [
    legend,
    ...faults.flatMap((fault, i) => cell(middleOf(fault.runs), (i % COLUMNS) * CELL.width, 20 + Math.floor(i / COLUMNS) * CELL.height)),
  ]);
}

function cell({ title, timeline: { span, before, hit, others } }: Run, left: number, top: number): string[] {
  const rates = hit.map((count, i) => ({ hit: (count * 1_000) / span, others: ((others[i] ?? 0) * 1_000) / span }));
  const most = Math.max(1, ...smoothed(rates.map((rate) => rate.hit + rate.others)));
  const ground = top + CELL.height - CELL.bottom;
  const x = (i: number) => left + CELL.left + (i / Math.max(1, rates.length - 1)) * (CELL.width - CELL.left - CELL.right);
  const y = (rate: number) => ground - (rate / most) * (CELL.height - CELL.top - CELL.bottom);
  const curve = (values: readonly number[]) => smoothed(values).map((value, i) => [x(i), y(value)] as const);
  const strike = x(before / span);
  return [
    text(left + CELL.left, top + 14, title, 'class="small"'),
    text(left + CELL.left - 5, top + CELL.top + 8, String(Math.round(most)), 'class="small" text-anchor="end"'),
    area(curve(rates.map((rate) => rate.hit + rate.others)), ground, "hit"),
    area(curve(rates.map((rate) => rate.others)), ground, "others"),
    line(left + CELL.left, ground, left + CELL.width - CELL.right, ground, "axis"),
    line(strike, top + CELL.top - 4, strike, ground, "strike"),
    text(left + CELL.width - CELL.right, ground + 12, `${Math.round((rates.length * span - before) / 1_000)} s later`, 'class="small" text-anchor="end"'),
  ];
}

/** The mean with the neighbours: a quarter of a second holds few changes. */
const smoothed = (values: readonly number[]): number[] =>
  values.map((_, i) => {
    const near = values.slice(Math.max(0, i - 1), i + 2);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
