import { expect, test } from "vitest";
import { endOfDay, listWords, plural, sizeWords, startOfDay } from "./words";

test("lists", () => {
  expect(listWords([])).toBe("");
  expect(listWords(["Ann", "Ben"])).toBe("Ann and Ben");
  expect(listWords(["Ann", "Ben", "Cleo"])).toBe("Ann, Ben, and Cleo");
  expect(listWords(["Ann", "Ben", "Cleo", "Dan"])).toBe("Ann, Ben, and 2 more");
});

test("sizes", () => {
  expect([1, 980, 14_200, 999_600, 2_500_000, 25_000_000].map(sizeWords)).toEqual(["1 byte", "980 bytes", "14 KB", "1.0 MB", "2.5 MB", "25 MB"]);
});

test("counts", () => {
  expect(plural(1, "person", "people")).toBe("1 person");
  expect(plural(5000, "person", "people")).toBe("5,000 people");
});

test("a day ends where the next begins, whatever its length", () => {
  const noon = new Date(2026, 2, 29, 12).getTime();
  expect(endOfDay(noon)).toBe(new Date(2026, 2, 30).getTime());
  expect(startOfDay(endOfDay(noon) - 1)).toBe(startOfDay(noon));
});
