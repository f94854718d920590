import { expect, test } from "vitest";
import { indexesOf, rowsShown, topFor } from "./rows-shown";

const list = { view: 640, height: 64, count: 200_000 };

test.each([
  [0, { first: 0, end: 20 }],
  [64 * 100, { first: 90, end: 120 }],
  [64 * 100 + 1, { first: 90, end: 121 }],
  [64 * 199_990, { first: 199_980, end: 200_000 }],
  [64 * 300_000, { first: 200_000, end: 200_000 }],
  [-50, { first: 0, end: 20 }],
])("scrolled to %d", (top, shown) => {
  expect(rowsShown({ ...list, top })).toEqual(shown);
});

test("the row with the focus is drawn wherever it is, in its place", () => {
  expect(indexesOf({ first: 3, end: 5 }, 1, 10)).toEqual([1, 3, 4]);
  expect(indexesOf({ first: 3, end: 5 }, 4, 10)).toEqual([3, 4]);
  expect(indexesOf({ first: 3, end: 5 }, 9, 10)).toEqual([3, 4, 9]);
  expect(indexesOf({ first: 3, end: 5 }, 12, 10)).toEqual([3, 4]);
});

test("scrolls no further than a row needs", () => {
  expect(topFor(5, { ...list, top: 0 })).toBe(0);
  expect(topFor(10, { ...list, top: 0 })).toBe(64);
  expect(topFor(2, { ...list, top: 640 })).toBe(128);
});
