import { expect, test } from "vitest";
import { copiedWords, copyWhy, copyWords } from "./copies";

const NOW = new Date(2026, 10, 25, 12).getTime();

test.each([
  [{ state: "withheld" }, "Not sent as SMS"],
  [{ state: "sending" }, "Going as SMS"],
  [{ state: "sending", retryAt: NOW + 60_000 }, /^Goes as SMS 12:01/],
  [{ state: "sending", attempts: 1, retryAt: NOW + 60_000 }, undefined],
  [{ state: "sent" }, undefined],
] as const)("%j is said so", (delivery, words) => {
  const said = copyWords(delivery, NOW);
  words instanceof RegExp ? expect(said).toMatch(words) : expect(said).toBe(words);
});

test("who wrote hears that it went to a phone, and why", () => {
  expect(copiedWords({ state: "delivered", at: NOW, reason: "was-offline" }, "Ben")).toBe("Also by SMS, because Ben was away. The phone has it.");
  expect(copiedWords({ state: "sent", at: NOW, reason: "after-quiet-hours" }, "Ben")).toBe("Also by SMS, after the quiet hours of Ben. The carrier took it.");
});

test("a reason of a newer server is not made up", () => {
  expect(copyWhy("of-tomorrow" as never)).toBe("");
});
