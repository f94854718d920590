import { expect, test } from "vitest";
import { handleProblem, suggestHandle } from "./handle";

test.each([
  ["Ann Arlen", "ann.arlen"],
  ["  Jean-Luc d’Été ", "jean.luc.d.ete"],
  ["O'Brien (work)", "o.brien.work"],
  ["Web Master", ""],
  ["王小明", ""],
  ["🦊", ""],
  [`${"a".repeat(29)} b`, "a".repeat(29)],
])("%s becomes %s", (name, handle) => expect(suggestHandle(name)).toBe(handle));

test("a suggestion is always a right handle", () => {
  for (const name of ["--x--", "a..b", "É", "1 2", "_"]) expect(suggestHandle(name) === "" || handleProblem(suggestHandle(name)) === undefined).toBe(true);
});

test("what is wrong is said", () => {
  expect(handleProblem("ann")).toBeUndefined();
  expect(handleProblem("Ann")).toContain("Small letters");
  expect(handleProblem("a..b")).toContain("Small letters");
  expect(handleProblem("a".repeat(31))).toContain("30");
  expect(handleProblem("no-reply")).toContain("kept for those who run");
  expect(handleProblem("")).toBe("Choose a handle.");
});
