import { expect, test } from "vitest";
import { ManualClock } from "@/testkit/clock";
import { RateLimit } from "./rate-limit";

const limit = (time: ManualClock, maxKeys?: number) => new RateLimit({ burst: 3, perSecond: 2, clock: time.clock, ...(maxKeys !== undefined && { maxKeys }) });
const taken = (doors: RateLimit, key: string, times: number) => Array.from({ length: times }, () => doors.take(key).allowed);

test("a burst passes, then as many as flow in", () => {
  const time = new ManualClock();
  const doors = limit(time);
  expect(taken(doors, "ann", 4)).toEqual([true, true, true, false]);
  time.advance(499);
  expect(doors.take("ann").allowed).toBe(false);
  time.advance(1);
  expect(taken(doors, "ann", 2)).toEqual([true, false]);
  time.advance(1_000_000);
  expect(taken(doors, "ann", 4)).toEqual([true, true, true, false]);
});

test("who waits as long as told is let in", () => {
  const time = new ManualClock();
  const doors = limit(time);
  taken(doors, "ann", 3);
  const { retryAfterMs } = doors.take("ann", 2);
  expect(retryAfterMs).toBe(1000);
  time.advance(retryAfterMs);
  expect(doors.take("ann", 2)).toEqual({ allowed: true, retryAfterMs: 0 });
});

test("keys do not share, and refusals cost nothing", () => {
  const time = new ManualClock();
  const doors = limit(time);
  taken(doors, "ann", 100);
  expect(doors.take("bob").allowed).toBe(true);
  time.advance(500);
  expect(doors.take("ann").allowed).toBe(true);
});

test("what is above the burst is never allowed", () => {
  expect(limit(new ManualClock()).take("ann", 4)).toEqual({ allowed: false, retryAfterMs: Number.POSITIVE_INFINITY });
});

test("a clock that goes back gives nothing away", () => {
  let now = 1000;
  const doors = new RateLimit({ burst: 1, perSecond: 1, clock: () => now });
  doors.take("ann");
  now = 0;
  expect(doors.take("ann").allowed).toBe(false);
  now = 1000;
  expect(doors.take("ann").allowed).toBe(true);
});

test("memory is bounded: the keys used longest ago start afresh", () => {
  const doors = limit(new ManualClock(), 2);
  taken(doors, "ann", 3);
  taken(doors, "bob", 3);
  expect(doors.take("ann").allowed).toBe(false);
  doors.take("cy");
  expect(doors.take("ann").allowed).toBe(false);
  expect(doors.take("bob").allowed).toBe(true);
});
