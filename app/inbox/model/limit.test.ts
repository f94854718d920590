import { expect, test } from "vitest";
import { MAX_TEXT } from "@/domain/message";
import { limitWords } from "./limit";

test.each([
  [MAX_TEXT - 1_001, undefined],
  [MAX_TEXT - 1_000, { words: "1,000 characters left", over: false }],
  [MAX_TEXT, { words: "0 characters left", over: false }],
  [MAX_TEXT + 1, { words: "1 character too many", over: true }],
])("%d characters", (length, words) => {
  expect(limitWords("x".repeat(length))).toEqual(words);
});
