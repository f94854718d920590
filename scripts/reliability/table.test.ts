import { expect, it } from "vitest";
import { pausesPlot } from "./pauses-plot";
import type { Run } from "./runs";
import { table } from "./table";
import { timelinesPlot } from "./timelines-plot";

const pauses = (rows: number, p50: number, max: number) => ({ changes: { rows, p50, max }, reads: { rows, p50, max } });
const run = (name: string, max: number, others: number): Run => ({
  ...{ name, title: `kill of the ${name}`, budget: 12_000, load: 2, acknowledged: 1, unknown: 0, lasted: max, faults: [] },
  ...{ hit: pauses(4, max / 2, max), others: others === 0 ? pauses(0, 0, 0) : pauses(8, 1, others), errors: { unavailable: 3 } },
  timeline: { span: 250, before: 500, hit: [1, 1, 0, 0, 1], others: [2, 2, 2, 2, 2] },
});

it("says of each fault the worst of all its runs, and what people notice", () => {
  const [, , server, zookeeper] = table([run("zookeeper", 400, 0), run("server", 8_000, 300), run("server", 9_990, 200)]).split("\n");
  expect(server).toBe(
    "| kill of the server | 2 | 2 | 4.0 s | 10 s | 10 s | 0.3 s | 12 s | 3 unavailable | whose mailbox was there: after 2.5 s the line that Braid is slow to save; what was written waits in sight and goes by itself |",
  );
  expect(zookeeper).toBe("| kill of the zookeeper | 1 | 2 | 0.2 s | 0.4 s | 0.4 s |  | 12 s | 3 unavailable | nothing |");
});

it("draws them", () => {
  const runs = [run("server", 8_000, 300), run("everything", 30_000, 0)];
  for (const picture of [pausesPlot(runs), timelinesPlot(runs)]) {
    expect(picture).toContain("kill of the everything");
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  }
});
