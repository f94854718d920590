import { expect, test } from "vitest";
import { hueOf, initials } from "./name";

test.each([
  ["Ann Arlen", "AA"],
  ["ann", "A"],
  ["Jean-Luc d’Été", "JD"],
  ["王小明", "王"],
  ["山田 太郎", "山"],
  ["김 민수", "김"],
  ["דנה לוי", "דל"],
  ["محمد علي", "مع"],
  ["🦊 Fox", "🦊"],
  ["👩‍👩‍👧 Family", "👩‍👩‍👧"],
  ["🇩🇪 Berlin", "🇩🇪"],
  ["(Mr.) Émile Zola", "MZ"],
  ["mail@example.org", "MO"],
  ["+1 555 0142", "42"],
  ["!!!", "?"],
  ["", "?"],
])("%s is %s", (name, letters) => expect(initials(name)).toBe(letters));

test("a very long name costs little", () => expect(initials(`${"a".repeat(1_000_000)} b`)).toBe("A"));

test("a hue belongs to its name", () => {
  expect(hueOf("Ann")).toBe(hueOf("Ann"));
  expect(new Set(["Ann", "Bo", "Cy", "Di", "Ed"].map(hueOf)).size).toBe(5);
});
