import { expect, test } from "vitest";
import { Lru } from "./lru";

test("forgets what was used least recently", () => {
  const lru = new Lru<string, number>(2);
  lru.set("a", 1);
  lru.set("b", 2);
  expect(lru.get("a")).toBe(1);
  lru.set("c", 3);
  expect([lru.get("a"), lru.get("b"), lru.get("c")]).toEqual([1, undefined, 3]);
  expect(lru.size).toBe(2);
});

test("setting anew is a use, and never makes it grow", () => {
  const lru = new Lru<string, number>(2);
  lru.set("a", 1);
  lru.set("b", 2);
  lru.set("a", 3);
  lru.set("c", 4);
  expect([lru.get("a"), lru.get("b")]).toEqual([3, undefined]);
});

test("delete and clear", () => {
  const lru = new Lru<string, number>(2);
  lru.set("a", 1);
  lru.delete("a");
  expect(lru.get("a")).toBeUndefined();
  lru.set("b", 2);
  lru.clear();
  expect(lru.size).toBe(0);
});
