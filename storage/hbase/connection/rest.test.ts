import { expect, test } from "vitest";
import { Rest } from "./rest";

const MANY = 1000;
/** Every answer takes `ms`. */
function after(ms: number): Rest {
  const rest = new Rest();
  for (let id = 1; id <= 100; id++) {
    rest.sent(id, id * ms);
    rest.answered(id, { now: () => (id + 1) * ms });
  }
  return rest;
}

test("quick answers, and those of few calls, are read as they come", () => {
  expect(after(3).length(MANY, 0)).toBe(0);
  expect(after(100).length(31, 0)).toBe(0);
  expect(new Rest().length(MANY, 0)).toBe(0);
});

test("at most a quarter of what an answer takes, and 16 ms", () => {
  const lengths = [4.5, 9, 20, 40, 100, 5_000].map((ms) => after(ms).length(MANY, 0));
  expect(lengths).toEqual([1, 2, 4, 8, 16, 16]);
});

test("connections that answer at different times are read at the same time", () => {
  const ends = [32, 33, 37.5, 47.2].map((now) => now + after(100).length(MANY, now));
  expect(ends.map(Math.floor)).toEqual([48, 48, 48, 48]);
});

test("a call that is given up does not keep the round trip from being told", () => {
  const rest = new Rest();
  rest.sent(1, 0);
  rest.sent(2, 100);
  rest.answered(2, { now: () => 200 });
  expect(rest.length(MANY, 0)).toBe(0);
  for (let id = 3; id < 100; id++) {
    rest.sent(id, 20_000 + id * 100);
    rest.answered(id, { now: () => 20_100 + id * 100 });
  }
  expect(rest.length(MANY, 0)).toBe(16);
});
