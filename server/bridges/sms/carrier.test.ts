import { expect, test } from "vitest";
import { type Carrier, carriersFor, whyNone } from "./carrier";
import type { SenderRule } from "./senders";

const NUMBERS = ["+12025550101", "+12025550102"];
const carrier = (name: string, prices: Record<string, number>, more: Partial<Carrier> = {}): Carrier => ({
  ...{ name, numbers: NUMBERS, isUp: true, header: 7 },
  prices: new Map(Object.entries(prices).map(([beginning, micros]) => [beginning, { micros, currency: "USD" }])),
  cut: () => ({ segments: 1, encoding: "gsm7", pieces: 1 }),
  submit: () => Promise.reject(new Error("nothing is sent here")),
  ...more,
});
const names = (carriers: Carrier[], phone: string) => carriersFor(carriers, phone).map((path) => path.carrier.name);
const ruled = (...rules: SenderRule[]) => [carrier("one", { "+": 1 }, { rules })];

test("the one that works comes first, then the cheapest, by the longest beginning that has a price", () => {
  const carriers = [carrier("dear", { "+": 10, "+44": 90 }), carrier("cheap", { "+44": 5 }), carrier("down", { "+": 1 }, { isUp: false })];
  expect(names(carriers, "+447700900123")).toEqual(["cheap", "dear", "down"]);
  expect(names(carriers, "+12025550143")).toEqual(["dear", "down"]);
  expect(carriersFor(carriers, "+447700900123")[1]?.price.micros).toBe(90);
});

test.each([
  ["+882161234567", "range-not-allowed"], // satellites
  ["+2471234567", "range-not-allowed"], // Ascension
  ["+449098790000", "premium-number"],
  ["+19005550123", "premium-number"],
])("a price for everybody does not cover %s: %s", (phone, why) => {
  expect(names([carrier("one", { "+": 1 })], phone)).toEqual([]);
  expect(whyNone([carrier("two", { "+1": 1 }), carrier("one", { "+": 1 })], phone)).toBe(why);
  expect(whyNone([carrier("three", { "+353": 1 })], phone)).toBe(why);
});

test("a price of its own does, save for premium numbers, where the receiver earns", () => {
  expect(names([carrier("one", { "+882": 1 })], "+882161234567")).toEqual(["one"]);
  expect(whyNone([carrier("one", { "+4490": 1 })], "+449098790000")).toBe("premium-number");
  expect(whyNone([carrier("one", { "+1": 1 })], "+447700900123")).toBe("no-way-to-reach");
});

test("countries that share a code are told apart, and the beginning of a number goes before its country", () => {
  const carriers = ruled({ to: ["US"], from: ["74000"] }, { to: ["JM"], never: true }, { to: ["+1202"], from: [NUMBERS[1] as string] });
  expect(carriersFor(carriers, "+13235550143")[0]).toMatchObject({ numbers: ["74000"], oneWay: "74000" });
  expect(carriersFor(carriers, "+12025550143")[0]).toMatchObject({ numbers: [NUMBERS[1]] });
  expect(carriersFor(carriers, "+447700900123")[0]).toMatchObject({ numbers: NUMBERS, oneWay: NUMBERS[0] });
  expect(whyNone(carriers, "+18765550123")).toBe("country-not-allowed");
});

test("a name is for what wants no answer, and stands for no conversation", () => {
  expect(carriersFor(ruled({ to: ["SA"], from: ["Braid"] }), "+966501234567")[0]).toMatchObject({ numbers: [], oneWay: "Braid" });
  const both = ruled({ to: ["GB"], from: [NUMBERS[0] as string, "Braid"] });
  expect(carriersFor(both, "+447700900123")[0]).toMatchObject({ numbers: [NUMBERS[0]], oneWay: "Braid" });
});
