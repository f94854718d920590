import { appendFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import type { Outcome } from "./run-fault";

/** Rows on servers that were not hit go on: so long at most, milliseconds. */
export const OTHERS_BUDGET = 3_000;

/**
 * Budgets are for a machine of its own: `FAULTS_ALLOWANCE=1` holds it to them. Otherwise three times as much passes, and anything does where
 * so much else runs that a pause says nothing of HBase.
 */
const BUSY = 4 * cpus().length;
const given = process.env.FAULTS_ALLOWANCE;
export const allowance = (): number => (given ? Number(given) : (loadavg()[0] as number) > BUSY ? Number.POSITIVE_INFINITY : 3);

/** One line for people, and with `FAULTS_REPORT` one of JSON for a file, from which docs/reliability.md is made. */
export function report(outcome: Outcome): void {
  process.stdout.write(`${inWords(outcome)}\n`);
  const file = process.env.FAULTS_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify(outcome)}\n`);
}

function inWords({ title, acknowledged, unknown, hit, others, errors, faults }: Outcome): string {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const elsewhere = others.changes.rows === 0 ? "" : `, on other servers ${seconds(others.changes.max)}`;
  const told = Object.entries(errors).map(([kind, count]) => `${count} ${kind}`);
  return [
    `${title}: ${acknowledged} acknowledged, ${unknown} unknown at first, ${faults.length} wrong`,
    `  longest pause ${seconds(hit.changes.max)} (p50 of ${hit.changes.rows} rows ${seconds(hit.changes.p50)}), of reads ${seconds(hit.reads.max)}${elsewhere}`,
    `  told: ${told.join(", ") || "no error"}`,
  ].join("\n");
}
