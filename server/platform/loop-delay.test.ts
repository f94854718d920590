import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ManualClock } from "@/testkit/clock";
import { findingOf, LoopDelay } from "./loop-delay";

let time: ManualClock;
let loop: LoopDelay;
beforeEach(() => {
  time = new ManualClock();
  loop = new LoopDelay(time);
});
afterEach(() => loop.stop());

/** Real time: what is measured is the real event loop. */
async function hold(ms: number): Promise<void> {
  await pause(25);
  const end = performance.now() + ms;
  while (performance.now() < end);
  await pause(25);
}

test("a held up loop is seen", async () => {
  await hold(120);
  expect(loop.read().max).toBeGreaterThan(90);
});

test("is seen through one turn of the window and forgotten after the second", async () => {
  await hold(250);
  time.advance(30_000);
  expect(loop.read().max).toBeGreaterThan(200);
  time.advance(30_000);
  await pause(25);
  expect(loop.read().max).toBeLessThan(200);
});

test("before anything was measured there is no delay", () => {
  expect(loop.read()).toEqual({ p50: 0, p99: 0, max: 0 });
});

test("says how it is", () => {
  expect(findingOf({ p50: 0, p99: 1, max: 2 })).toEqual({ state: "ok", words: "The server keeps up." });
  expect(findingOf({ p50: 0, p99: 1, max: 80 }).words).toBe("The server keeps up. Its longest pause in the last minute was 80 ms.");
  expect(findingOf({ p50: 0, p99: 75.2, max: 80 })).toMatchObject({ state: "slow", words: expect.stringContaining("75 ms") });
  expect(loop.probe().state).toMatch(/ok|slow/);
});
