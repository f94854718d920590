import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, prefixesOf, termsOf, wordsOf } from "./names";

test.each([
  ["Zoë", "zoe"],
  ["ŁUKASZ", "lukasz"],
  ["Straße", "strasse"],
  ["Ｆｕｌｌ", "full"],
  ["O’Brien", "obrien"],
  ["ΣΊΣΥΦΟΣ", "σισυφοσ"],
  ["مُحَمَّد", "محمد"],
])("%s is compared as %s", (text, folded) => expect(fold(text)).toBe(folded));

test.each([
  ["Ann Archer", ["ann", "archer"]],
  ["Jean-Luc Wu", ["jean-luc", "luc", "wu"]],
  ["田中さくら", ["田中さくら", "さくら"]],
  ["🦊", ["🦊"]],
  ["  ", []],
])("words of %s", (name, words) => expect(wordsOf(name)).toEqual(words));

const finds = (query: string, name: string, handle: string) => {
  const prefixes = prefixesOf(name, handle);
  return termsOf(query).every((term) => prefixes.includes(term));
};

test.each([
  ["arch an", "Ann Archer", "ann"],
  ["@ben.b", "Somebody", "ben.brook"],
  ["brook", "Somebody", "ben.brook"],
  ["ÉLO", "Éloïse", "x"],
  ["さく", "田中さくら", "x"],
  ["김", "김민준", "x"],
])("%s finds %s (%s)", (query, name, handle) => expect(finds(query, name, handle)).toBe(true));

test("the middle of a word finds nothing", () => expect(finds("rcher", "Ann Archer", "ann")).toBe(false));

test("any beginning of any part of any name finds it, and the index stays small", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), fc.nat(), fc.integer({ min: 1, max: 5 }), (name, at, length) => {
      const part = name.split(/\s+/).filter(Boolean).slice(0, 20)[at % 20];
      const prefixes = prefixesOf(name, "x");
      expect(prefixes.length).toBeLessThan(1_000);
      if (part === undefined) return;
      const [term] = termsOf([...part.normalize("NFKC")].slice(0, length).join(""));
      if (term !== undefined && [...term].length <= 16 && wordsOf(name).length < 24) expect(prefixes).toContain(term);
    }),
  );
});
