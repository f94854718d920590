import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pausesPlot } from "./reliability/pauses-plot";
import { type Run, runsOf } from "./reliability/runs";
import { table } from "./reliability/table";
import { timelinesPlot } from "./reliability/timelines-plot";

/**
 * `npm run reliability [-- REPORT]`: makes the table and the plots of docs/reliability.md from docs/reliability.jsonl. With a report, the
 * FAULTS_REPORT of a run of `npm run test:faults`, what it says of a fault replaces what was known of it.
 */
const DATA = "docs/reliability.jsonl";
const PAGE = "docs/reliability.md";
const [BEGIN, END] = ["<!-- table: npm run reliability -->", "<!-- end of table -->"];

const known: Run[] = existsSync(DATA) ? runsOf(readFileSync(DATA, "utf8")) : [];
const [report] = process.argv.slice(2);
const fresh = report === undefined ? [] : runsOf(readFileSync(report, "utf8"));
const names = new Set(fresh.map(({ name }) => name));
const runs = [...known.filter(({ name }) => !names.has(name)), ...fresh];
writeFileSync(DATA, `${runs.map((run) => JSON.stringify(run)).join("\n")}\n`);
writeFileSync("docs/images/pauses.svg", pausesPlot(runs));
writeFileSync("docs/images/pauses-in-time.svg", timelinesPlot(runs));
const page = readFileSync(PAGE, "utf8");
const [head, tail] = [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(END))];
writeFileSync(PAGE, `${head}${BEGIN}\n${table(runs)}\n${tail}`);
