import { expect, test } from "vitest";
import { cleanLine, cleanText, cut } from "./text";

test.each([
  ["a\r\nb\rc\n\td", "a\nb\nc\n\td"],
  ["\0\x07\x1b[0m\x7f", "[0m"],
  ["\x93quoted\x94 \x80 5 \x96 it\x92s", "“quoted” € 5 – it’s"],
  ["half \ud83d of \ude00 pair 😀", "half \ufffd of \ufffd pair 😀"],
  ["שלום \u200fabc", "שלום \u200fabc"],
])("text %j", (given, clean) => {
  expect(cleanText(given)).toBe(clean);
});

test.each([
  [" Ann \r\n\t Example\u2028x ", "Ann Example x"],
  ["Ann\u202egnp.exe", "Anngnp.exe"],
  ["\u2066a\u2069\u200b\ufeff\u{e0041}b", "ab"],
  ["👩‍👩‍👧 family", "👩‍👩‍👧 family"],
])("line %j", (given, clean) => {
  expect(cleanLine(given, 100)).toBe(clean);
});

test("nothing is cut inside a character", () => {
  expect(cut("a😀b", 2)).toBe("a");
  expect(cut("a😀b", 3)).toBe("a😀");
  expect(cut("ab", 2)).toBe("ab");
  expect(cleanLine("x".repeat(1_000), 10)).toBe("x".repeat(10));
});
