import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { ManualClock } from "@/testkit/clock";
import { realTimers } from "./timers";

test("real timers fire, unless cancelled; the longest do not overflow into now", async () => {
  const fired: string[] = [];
  realTimers.after(1, () => fired.push("soon"));
  realTimers.after(1, () => fired.push("cancelled"))();
  const cancel = realTimers.after(2 ** 40, () => fired.push("overflow"));
  await pause(20);
  cancel();
  expect(fired).toEqual(["soon"]);
});

test("manual time fires timers in order, each at its own moment, also those set meanwhile", () => {
  const time = new ManualClock(1000);
  const fired: string[] = [];
  const tell = (name: string) => () => fired.push(`${name} ${time.clock()}`);
  time.after(20, tell("late"));
  time.after(10, () => {
    tell("early")();
    time.after(5, tell("between"));
    time.after(500, tell("never"));
  });
  time.after(10, tell("second"));
  time.after(15, tell("cancelled"))();
  time.advance(30);
  expect(fired).toEqual(["early 1010", "second 1010", "between 1015", "late 1020"]);
  expect(time.clock()).toBe(1030);
});
