import { expect, test } from "vitest";
import { nextPath } from "./next";

const ORIGIN = "https://braid.example";
const next = (path: string) => nextPath(`?next=${encodeURIComponent(path)}`, ORIGIN);

test("a path of this site is kept whole", () => expect(next("/t/0abc?m=1#x")).toBe("/t/0abc?m=1#x"));

test.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "evil",
  "",
  "/sign-in?next=/sign-in",
  "\\\\evil.example",
])("%s leads to the inbox", (path) => expect(next(path)).toBe("/"));

test("without any it is the inbox", () => expect(nextPath("", ORIGIN)).toBe("/"));
