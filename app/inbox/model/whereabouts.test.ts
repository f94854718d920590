import { expect, test } from "vitest";
import { parsePlace, placePath } from "./whereabouts";

const T = "01k9s2m4x8q7w3v5t6r1p0nzyb";
const M = "01k9s2m4x8q7w3v5t6r1p0nzyc";

test.each([
  ["/", { folder: "messages" }],
  ["/f/archive", { folder: "archive" }],
  [`/t/${T}`, { folder: "messages", threadId: T }],
  [`/t/${T}?in=spam`, { folder: "spam", threadId: T }],
  [`/t/${T}?in=other#m-${M}`, { folder: "other", threadId: T, messageId: M }],
] as const)("%s names a place, and the place names it", (path, place) => {
  const url = new URL(path, "http://braid.example");
  expect(parsePlace(url.pathname, url.search, url.hash)).toEqual(place);
  expect(placePath(place)).toBe(path);
});

test.each(["/f/nowhere", "/t/", "/t/not-an-id", "/x", `/t/${T}/more`])("%s names nothing here", (path) => {
  expect(parsePlace(path)).toBeUndefined();
});

test("an unknown folder or message in the address is as if it were not there", () => {
  expect(parsePlace(`/t/${T}`, "?in=moon", "#m-x")).toEqual({ folder: "messages", threadId: T });
});
