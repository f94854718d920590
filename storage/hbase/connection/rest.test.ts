import { expect, test } from "vitest";
import { Rest } from "./rest";

const MANY = 1000;
const after = (...ms: number[]): Rest => {
  const rest = new Rest();
  for (let i = 0; i < 1000; i++) for (const one of ms) rest.answered(one);
  return rest;
};

test("quick answers, and those of few calls, are read as they come", () => {
  expect(after(3).length(MANY, 0)).toBe(0);
  expect(after(100).length(31, 0)).toBe(0);
  expect(new Rest().length(MANY, 0)).toBe(0);
});

test("quick answers among slow ones are read as they come", () => {
  expect(after(...Array(60).fill(200), 0.5).length(MANY, 0)).toBe(0);
});

test("after quick ones a few slow answers change nothing", () => {
  const rest = after(0.5);
  for (let i = 0; i < 10; i++) rest.answered(20);
  expect(rest.length(MANY, 0)).toBe(0);
});

test("at most a quarter of what the quickest answers take, and 16 ms", () => {
  const lengths = [4.5, 9, 20, 40, 100, 5_000].map((ms) => after(ms).length(MANY, 0));
  expect(lengths).toEqual([1, 2, 4, 8, 16, 16]);
});

test("connections that answer at different times are read at the same time", () => {
  const ends = [32, 33, 37.5, 47.2].map((now) => now + after(100).length(MANY, now));
  expect(ends.map(Math.floor)).toEqual([48, 48, 48, 48]);
});
