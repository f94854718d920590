import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { check } from "./check";
import type { Fault } from "./faults";
import type { History } from "./history";
import { ROWS } from "./load";
import { acknowledgedBy, errorsOf, type Pauses, pausesOf, type Stretch } from "./pauses";
import { Scene } from "./scene";

/** What one fault did. Milliseconds; the stretch that is measured goes from the strike until every row was written again. */
export interface Outcome {
  readonly name: string;
  readonly title: string;
  readonly budget?: number;
  /** Load average of the machine when it struck: what the cluster, the callers and everything else wanted of its cores in the last minute. */
  readonly load: number;
  readonly acknowledged: number;
  readonly unknown: number;
  readonly lasted: number;
  /** Rows that the fault hits, and those on other servers. */
  readonly hit: Pauses;
  readonly others: Pauses;
  readonly errors: Readonly<Record<string, number>>;
  /** What was lost, doubled, torn or out of order, in words. */
  readonly faults: readonly string[];
  readonly timeline: { readonly span: number; readonly before: number; readonly hit: readonly number[]; readonly others: readonly number[] };
}

/** Milliseconds: quiet before and after, how long callers may take to recover, and what one column of a plot shows. */
const BEFORE = 4_000;
const AFTER = 3_000;
const RESTART_AFTER = 60_000;
const RECOVER_WITHIN = 300_000;
const SPAN = 250;

/** Strikes under load, waits until all goes on, makes the cluster whole again, and looks at everything that callers did. */
export async function runFault(fault: Fault): Promise<Outcome> {
  const scene = await Scene.open();
  const { recorder } = scene.load;
  try {
    if (!(await scene.recovered(RECOVER_WITHIN))) throw new Error("The load did not begin.");
    await pause(BEFORE);
    const [from, [load = 0]] = [recorder.now(), loadavg()];
    const hit = await fault.strike(scene);
    if (!(await goesOn(scene))) throw new Error(`Five minutes after ${fault.name} there were rows that nobody could write.`);
    const to = recorder.now();
    await pause(AFTER);
    await scene.makeWhole();
    await scene.load.end();
    return { ...measured(fault, recorder, hit, { from, to }), load, faults: check(recorder, await scene.finalStates()) };
  } finally {
    await scene.makeWhole();
    await scene.close();
  }
}

/**
 * On a machine that is starved of CPU the sessions of region servers run out that nobody killed, and they end themselves. Whatever watches over
 * processes would start them again; so do we, after a minute.
 */
async function goesOn(scene: Scene): Promise<boolean> {
  if (await scene.recovered(RESTART_AFTER)) return true;
  await scene.makeWhole();
  return scene.recovered(RECOVER_WITHIN);
}

function measured({ name, title, budget }: Fault, history: History, hit: ReadonlySet<string>, stretch: Stretch): Omit<Outcome, "load" | "faults"> {
  const others = new Set(ROWS.filter((row) => !hit.has(row)));
  const shown = { from: stretch.from - BEFORE, to: stretch.to + AFTER };
  return {
    ...{ name, title, ...(budget !== undefined && { budget }), lasted: stretch.to - stretch.from },
    acknowledged: history.attempts.filter(({ outcome }) => outcome === "acknowledged").length,
    unknown: history.attempts.filter(({ outcome }) => outcome === "unknown").length,
    ...{ hit: pausesOf(history, hit, stretch), others: pausesOf(history, others, stretch), errors: errorsOf(history, stretch) },
    timeline: { span: SPAN, before: BEFORE, hit: acknowledgedBy(history, hit, shown, SPAN), others: acknowledgedBy(history, others, shown, SPAN) },
  };
}
