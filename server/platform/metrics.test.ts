import { expect, test } from "vitest";
import { Metrics } from "./metrics";

test("counters, histograms and gauges in the text format, with our prefix", async () => {
  const metrics = new Metrics();
  metrics.counter("things_total", "Things.", ["kind"]).inc({ kind: "a" }, 2);
  metrics.histogram("thing_seconds", "How long.").observe(0.2);
  let depth = 3;
  metrics.gauge("queue_depth", "Waiting.", () => depth);
  depth = 4;
  const text = await metrics.text();
  expect(text).toContain('braid_things_total{kind="a"} 2\n');
  expect(text).toContain('braid_thing_seconds_bucket{le="0.1"} 0\n');
  expect(text).toContain('braid_thing_seconds_bucket{le="0.25"} 1\n');
  expect(text).toContain("braid_queue_depth 4\n");
  expect(metrics.contentType).toMatch(/^text\/plain/);
});

test("two servers in one process count apart, and a name is given once", async () => {
  const [one, other] = [new Metrics(), new Metrics()];
  one.counter("things_total", "Things.").inc();
  other.counter("things_total", "Things.");
  expect(await other.text()).toContain("braid_things_total 0\n");
  expect(() => one.counter("things_total", "Things.")).toThrow();
});

test("figures of the process", async () => {
  const metrics = new Metrics();
  metrics.observeProcess();
  expect(await metrics.text()).toMatch(/process_resident_memory_bytes \d+/);
});
