import { expect, it } from "vitest";
import { ManualClock } from "@/testkit/clock";
import { Pace } from "./pace";

/** Sends as fast as it may to somebody who takes `perSecond`; answers what was taken in each second. */
function feed(pace: Pace, clock: ManualClock, perSecond: number, seconds: number): number[] {
  return Array.from({ length: seconds }, () => {
    let taken = 0;
    for (let ms = 0; ms < 1000; ms += 5) {
      while (pace.waitMs() === 0) {
        pace.spend();
        if (taken >= perSecond) pace.tooMuch(clock.now);
        else pace.taken();
        taken = Math.min(perSecond, taken + 1);
      }
      clock.advance(5);
    }
    return taken;
  });
}
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

it("goes as fast as it may, and no faster", () => {
  const clock = new ManualClock();
  const pace = new Pace(clock.clock, 40);
  expect(sum(feed(pace, clock, Number.POSITIVE_INFINITY, 10))).toBeGreaterThanOrEqual(398);
  expect(sum(feed(pace, clock, Number.POSITIVE_INFINITY, 10))).toBeLessThanOrEqual(402);
});

it.each([5, 50, 300])("finds out that somebody takes %i a second, and uses most of it", (perSecond) => {
  const clock = new ManualClock();
  const pace = new Pace(clock.clock, 1000);
  feed(pace, clock, perSecond, 10);
  const taken = sum(feed(pace, clock, perSecond, 60)) / 60;
  expect(taken).toBeGreaterThan(perSecond * 0.7);
});

it("is cut once for all that was sent before the cut, and never to nothing", () => {
  const clock = new ManualClock();
  const pace = new Pace(clock.clock, 100);
  const sentAt = clock.now;
  clock.advance(10);
  for (let i = 0; i < 10; i++) pace.tooMuch(sentAt);
  const rate = pace.rate;
  expect(rate).toBeCloseTo(0.7);
  for (let i = 0; i < 100; i++) {
    clock.advance(1000);
    pace.tooMuch(clock.now);
  }
  expect(pace.rate).toBeGreaterThanOrEqual(0.5);
  expect(pace.rate).toBeLessThanOrEqual(0.7);
  clock.advance(60_000);
  expect(pace.rate).toBe(100);
});
