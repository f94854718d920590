import { expect, test } from "vitest";
import { HourSums, MinuteSeries, sum } from "./history";
import { Spread } from "./spread";

const HOUR = 3_600_000;

test("shares of what was measured in the last hour, to within a tenth", () => {
  let now = 0;
  const spread = new Spread(() => now);
  expect(spread.at(0.5)).toBeUndefined();
  for (let ms = 1; ms <= 1_000; ms++) spread.add(ms);
  for (const share of [0.01, 0.5, 0.99, 1]) expect(Math.abs((spread.at(share) ?? 0) / (share * 1_000) - 1)).toBeLessThan(0.1);
  now = HOUR / 2;
  for (let i = 0; i < 10_000; i++) spread.add(0);
  spread.add(1e12);
  expect(spread.at(0.5)).toBeCloseTo(0.1);
  expect(spread.at(1)).toBeGreaterThan(150_000);
  now = HOUR * 1.2;
  expect(spread.at(1)).toBeGreaterThan(150_000);
  now = HOUR * 1.6;
  expect(spread.at(1)).toBeUndefined();
});

test("sums of an hour by minutes and of a day by hours", () => {
  let now = 0;
  const [minutes, hours] = [new MinuteSeries(() => now, sum), new HourSums(() => now)];
  for (; now < 30 * HOUR; now += HOUR / 4) {
    minutes.add(1);
    hours.add(1);
  }
  now -= HOUR / 4;
  expect([minutes.total(), hours.total(), hours.points().length]).toEqual([4, 96, 24]);
});
