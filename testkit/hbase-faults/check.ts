import { checkReadings } from "./check-readings";
import { type Attempt, type History, tookEffect } from "./history";
import type { State } from "./row-model";

/**
 * What is wrong, in words, given everything callers were told and every row as it is in the end; nothing when each change that took effect is
 * there once, whole and in its place, every unknown outcome was resolved as it is, and no read saw less than what was known before it.
 */
export function check({ attempts, readings }: History, final: ReadonlyMap<string, State>): string[] {
  const rows = new Set([...attempts, ...readings].map(({ row }) => row));
  return [...rows].flatMap((row) => {
    const own = attempts.filter((attempt) => attempt.row === row);
    const state = final.get(row);
    const faults = [
      ...checkAnswers(own),
      ...(state === undefined ? ["it was not read in the end"] : checkFinal(own, state)),
      ...checkReadings(
        own,
        readings.filter((reading) => reading.row === row),
      ),
    ];
    return faults.map((fault) => `Row ${row}: ${fault}.`);
  });
}

/** What was answered must make sense for a row that only one writes. */
function checkAnswers(attempts: readonly Attempt[]): string[] {
  const done = new Map<number, Attempt>();
  return attempts.flatMap((attempt) => {
    const { seq, outcome } = attempt;
    const effect = tookEffect(attempt);
    if (effect === undefined) return [`nobody found out what became of change ${seq}`];
    if (effect && done.has(seq)) return [`change ${seq} took effect twice`];
    if (effect) done.set(seq, attempt);
    return outcome === "refused" && !done.has(seq) ? [`change ${seq} was refused, and nobody else writes`] : [];
  });
}

function checkFinal(attempts: readonly Attempt[], { seq, log, torn }: State): string[] {
  return [...torn.map((words) => `of change ${seq}, its last, not all is there: ${words}`), ...checkLog(attempts, log), ...checkPresence(attempts, log)];
}

function checkLog(attempts: readonly Attempt[], log: State["log"]): string[] {
  const made = new Map(attempts.map((attempt) => [attempt.token, attempt]));
  return log.flatMap((entry, i) => {
    const before = log[i - 1];
    const faults: string[] = [];
    if (entry.seq !== (before?.seq ?? 0) + 1) faults.push(`entry ${entry.seq} of its log follows ${before?.seq ?? "nothing"}`);
    if (before !== undefined && entry.timestamp <= before.timestamp) faults.push(`entry ${entry.seq} is not newer than the one before it`);
    const attempt = made.get(entry.token);
    if (attempt === undefined) faults.push(`nobody made entry ${entry.seq}`);
    else if (attempt.seq !== entry.seq) faults.push(`change ${attempt.seq} stands in the place of ${entry.seq}`);
    return faults;
  });
}

function checkPresence(attempts: readonly Attempt[], log: State["log"]): string[] {
  const count = new Map<string, number>();
  for (const { token } of log) count.set(token, (count.get(token) ?? 0) + 1);
  return attempts.flatMap((attempt) => {
    const [times, effect, { seq, outcome }] = [count.get(attempt.token) ?? 0, tookEffect(attempt), attempt];
    if (times > 1) return [`change ${seq} is there ${times} times`];
    if (effect === true && times === 0) return [`change ${seq} is lost, though it was ${outcome === "acknowledged" ? "acknowledged" : "found to be there"}`];
    return effect === false && times > 0 ? [`change ${seq} is there, though it was said not to be`] : [];
  });
}
