import { expect, test } from "vitest";
import { clockTime, dayNumber, dayTime, exactTime, longTime, shortTime } from "./time";

const style = { zone: "Europe/Berlin", locale: "en-GB" };
const now = Date.parse("2025-11-12T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [now - 59_999, "now"],
  [now + 5_000, "now"],
  [now - MINUTE, "1 min"],
  [now - HOUR + 1, "59 min"],
  [now - HOUR, "1 h"],
  [now - DAY + 1, "23 h"],
  [now - DAY, "11 Nov"],
  [Date.parse("2024-12-31T12:00:00Z"), "31 Dec 2024"],
  [now + 3 * DAY, "15 Nov"],
])("a list says %i as %s", (at, words) => expect(shortTime(at, now, style)).toBe(words));

test("sentences spell it out", () => {
  expect(longTime(now - MINUTE, now, style)).toBe("1 minute ago");
  expect(longTime(now - 5 * HOUR, now, style)).toBe("5 hours ago");
  expect(longTime(now - 2 * DAY, now, style)).toBe("on 10 Nov");
});

test("days are the person's own", () => {
  const lateInBerlin = Date.parse("2025-11-11T23:30:00Z");
  expect(dayTime(lateInBerlin, now, style)).toBe("Today");
  expect(dayTime(lateInBerlin, now, { ...style, zone: "UTC" })).toBe("Yesterday");
  expect(dayTime(now - 3 * DAY, now, style)).toBe("Sunday");
  expect(dayTime(now - 7 * DAY, now, style)).toBe("5 November");
  expect(dayTime(now - 400 * DAY, now, style)).toBe("8 October 2024");
});

test("a day is a day when the clocks change", () => {
  const before = Date.parse("2025-10-26T00:30:00+02:00");
  const after = Date.parse("2025-10-26T23:30:00+01:00");
  expect(dayNumber(after, style)).toBe(dayNumber(before, style));
  expect(dayNumber(after + HOUR, style)).toBe(dayNumber(before, style) + 1);
});

test("a clock has no leading zero where there is AM and PM, and one where there is not", () => {
  const morning = now - 4 * HOUR;
  const said = (more: object) => clockTime(morning, { zone: "Europe/Berlin", ...more }).replace(/\s/gu, " ");
  expect(said({ locale: "en-US" })).toBe("9:00 AM");
  expect(said({ locale: "en-GB" })).toBe("09:00");
  expect(said({ locale: "en-US", hourCycle: "h23" })).toBe("09:00");
});

test("the exact time names its zone", () => {
  expect(clockTime(now, style)).toBe("13:00");
  expect(exactTime(now, style)).toMatch(/^Wednesday,? 12 November 2025 at 13:00:00 CET$/);
});
