import { expect, it } from "vitest";
import { Timestamps } from "./timestamps";

it("are the clock's, but for a row changed again in the same millisecond", () => {
  let now = 1000;
  const timestamps = new Timestamps(() => now);
  expect([timestamps.next("a"), timestamps.next("b"), timestamps.next("a"), timestamps.next("a")]).toEqual([1000, 1000, 1001, 1002]);
  now = 1001;
  expect([timestamps.next("a"), timestamps.next("b")]).toEqual([1003, 1001]);
  now = 500;
  expect([timestamps.next("a"), timestamps.next("b"), timestamps.next("c")]).toEqual([1004, 1002, 1001]);
  expect(timestamps.newest).toBe(1004);
});

it("begin after the newest of the time before, and remember no more rows than they must", () => {
  let now = 10;
  const timestamps = new Timestamps(() => now, 2000);
  expect(timestamps.next("a")).toBe(2001);
  now = 3000;
  let newest = 0;
  for (let turn = 0; turn < 20_000; turn++) {
    now += turn % 100 === 0 ? 1 : 0;
    timestamps.next(`row ${turn}`);
    const stamp = timestamps.next("a");
    expect(stamp).toBeGreaterThan(newest);
    newest = stamp;
  }
});
