import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { endOf, isWithin, isZone, localTime } from "./hours";

const NIGHT = { from: 22 * 60, to: 8 * 60 };
const at = (text: string): number => Date.parse(text);
const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"] as const;

test.each([
  ["2026-11-25T21:30:00Z", "Europe/Berlin", { day: "2026-11-25", minute: 22 * 60 + 30 }],
  ["2026-11-25T23:30:00Z", "Europe/Berlin", { day: "2026-11-26", minute: 30 }],
  ["2026-11-25T23:30:00Z", "America/New_York", { day: "2026-11-25", minute: 18 * 60 + 30 }],
  ["2026-11-25T00:00:00Z", "Asia/Kathmandu", { day: "2026-11-25", minute: 5 * 60 + 45 }],
  ["2026-11-25T00:00:00Z", "UTC", { day: "2026-11-25", minute: 0 }],
])("%s in %s", (time, zone, shown) => {
  expect(localTime(at(time), zone)).toEqual(shown);
});

test.each([
  [NIGHT, 22 * 60, true],
  [NIGHT, 22 * 60 - 1, false],
  [NIGHT, 0, true],
  [NIGHT, 8 * 60, false],
  [{ from: 60, to: 120 }, 60, true],
  [{ from: 60, to: 120 }, 120, false],
])("%j at minute %d: %s", (hours, minute, within) => {
  expect(isWithin({ minute }, hours)).toBe(within);
});

test.each([
  ["an evening", "2026-11-25T21:30:10Z", "Europe/Berlin", "2026-11-26T07:00:00Z"],
  ["noon", "2026-11-25T11:00:00Z", "Europe/Berlin", "2026-11-25T11:00:00Z"],
  ["the night in which clocks are put back", "2026-10-24T21:00:00Z", "Europe/Berlin", "2026-10-25T07:00:00Z"],
  ["the night in which they are put forward", "2026-03-28T22:00:00Z", "Europe/Berlin", "2026-03-29T07:00:00Z"],
])("the end of quiet hours, asked in %s", (_name, now, zone, end) => {
  expect(new Date(endOf(at(now), NIGHT, zone)).toISOString()).toBe(new Date(end).toISOString());
});

test("the end is never within, never in the past, and never more than a day and an hour off", () => {
  const minute = fc.integer({ min: 0, max: 1_439 });
  fc.assert(
    fc.property(fc.integer({ min: at("2026-01-01"), max: at("2027-12-31") }), minute, minute, fc.constantFrom(...ZONES), (now, from, to, zone) => {
      const hours = { from, to };
      const end = endOf(now, hours, zone);
      expect(isWithin(localTime(end, zone), hours)).toBe(false);
      expect(end).toBeGreaterThanOrEqual(now);
      expect(end - now).toBeLessThanOrEqual(26 * 60 * 60_000);
    }),
    { numRuns: 2_000 },
  );
});

test("zones there are, and others", () => {
  expect(ZONES.every(isZone)).toBe(true);
  expect(["", "Mars/Olympus", "UTC\n", "x".repeat(60)].some(isZone)).toBe(false);
});

test("however many ways somebody spells zones in, not all of them are remembered", () => {
  const made = vi.spyOn(Intl, "DateTimeFormat");
  const zone = "Europe/Berlin";
  const spelled = Array.from({ length: 2_100 }, (_, bits) =>
    [...zone].map((letter, i) => ((bits >> i) & 1 ? letter.toUpperCase() : letter.toLowerCase())).join(""),
  );
  const first = spelled[0] as string;
  expect([isZone(first), isZone(first)]).toEqual([true, true]);
  for (const other of spelled) isZone(other);
  const before = made.mock.calls.filter(([, options]) => options?.timeZone === first).length;
  isZone(first);
  expect(made.mock.calls.filter(([, options]) => options?.timeZone === first).length).toBe(before + 1);
  made.mockRestore();
});
