import { expect, it } from "vitest";
import { Floors } from "./floors";

it("gives the clock's time, or one more than the newest that is known of the row", () => {
  let now = 1000;
  const floors = new Floors(() => now, 10);
  floors.learn("a", 0);
  expect([floors.next("a"), floors.next("a"), floors.next("b")]).toEqual([1000, 1001, 1000]);
  now = 500;
  expect([floors.next("a"), floors.next("b")]).toEqual([1002, 1001]);
  floors.learn("b", 7000);
  floors.raise("b", 8000);
  floors.raise("b", 6000);
  expect(floors.next("b")).toBe(8001);
  now = 9000;
  expect(floors.next("b")).toBe(9000);
});

it("knows a row from its guard until it is doubted, and never takes back what it gave out", () => {
  let now = 1000;
  const floors = new Floors(() => now, 10);
  floors.next("a");
  expect(floors.knows("a")).toBe(false);
  floors.learn("a", 20);
  expect(floors.knows("a")).toBe(true);
  const given = floors.next("a");
  now = 10;
  floors.doubt("a");
  expect(floors.knows("a")).toBe(false);
  floors.learn("a", 20);
  expect(floors.next("a")).toBe(given + 1);
});

it("remembers the rows used last", () => {
  const floors = new Floors(() => 1000, 2);
  for (const row of ["a", "b", "a", "c"]) floors.learn(row, 1);
  expect(["a", "b", "c"].map((row) => floors.knows(row))).toEqual([true, false, true]);
});

it("does not remember rows that are only read, nor doubted ones that cannot matter", () => {
  let now = 1000;
  const floors = new Floors(() => now, 1);
  floors.raise("read", 5000);
  expect(floors.next("read")).toBe(1000);
  now = 2000;
  floors.doubt("read");
  expect(floors.next("read")).toBe(2000);
});
