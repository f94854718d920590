import fc from "fast-check";
import { expect, test } from "vitest";
import { peopleKey, sameId } from "./address";
import { countryCodeOf, phoneForms, phoneKey, phoneWords, samePhone } from "./phone";

test.each([
  ["+15550100", "+1 555 0100"],
  ["+12025550123", "+1 202 555 0123"],
  ["+4915123456789", "+49 151 234 567 89"],
  ["+442079460018", "+44 207 946 0018"],
  ["+35312345678", "+353 123 456 78"],
  ["+33123456789", "+33 123 456 789"],
  ["74000", "74000"],
  ["nora@example.org", "nora@example.org"],
])("%s reads %s", (number, words) => expect(phoneWords(number)).toBe(words));

test.each([
  ["+5215512345678", "+525512345678"], // Mexico: the 1 of mobiles
  ["+5511987654321", "+551187654321"], // Brazil: the ninth digit
  ["+5491123456789", "+541123456789"], // Argentina: the 9 from abroad
])("%s and %s are one phone, and neither becomes the other", (longer, shorter) => {
  expect(phoneKey(longer)).toBe(shorter);
  expect(phoneForms(longer)).toEqual([shorter, longer]);
  expect(phoneForms(shorter)).toEqual([shorter, longer]);
  expect(samePhone(longer, shorter)).toBe(true);
  expect(sameId(`tel:${longer}`)).toBe(`tel:${shorter}`);
  expect(peopleKey(["ann", `tel:${longer}`])).toBe(peopleKey([`tel:${shorter}`, "ann"]));
});

test.each([
  ["+390612345678", "+39612345678"], // Italy: the zero is a digit
  ["+12025550143", "+2025550143"],
  ["+551155554444", "+5511955554444"], // São Paulo: a line at home whose number with a 9 is another's
  ["+521234567890", "+5211234567890123"],
  ["74000", "+74000"],
])("%s and %s are not", (a, b) => {
  expect(samePhone(a, b)).toBe(false);
  expect(phoneForms(a)).toContain(a);
});

const digits = (least: number, most: number) => fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: least, maxLength: most });
const number = fc.oneof(
  digits(5, 12).map((rest) => `+4${rest}`),
  fc.tuple(fc.constantFrom("+52", "+521", "+54", "+549", "+55", "+5511", "+55119", "+39"), digits(7, 10)).map(([front, rest]) => front + rest),
);

test("any number: it is among its forms, which all have one key, which is its own key", () => {
  fc.assert(
    fc.property(number, (any) => {
      const forms = phoneForms(any);
      expect(forms).toContain(any);
      expect(new Set(forms.map(phoneKey))).toEqual(new Set([forms[0]]));
      expect(new Set(forms).size).toBe(forms.length);
      for (const form of forms) expect(phoneForms(form)).toEqual(forms);
    }),
    { seed: 5_215, numRuns: 2_000 },
  );
});

test("any two numbers: they are one phone exactly when one is a form of the other", () => {
  fc.assert(
    fc.property(number, number, fc.boolean(), (one, two, related) => {
      const other = related ? (phoneForms(one).at(-1) as string) : two;
      expect(samePhone(one, other)).toBe(phoneForms(one).includes(other));
    }),
    { seed: 549, numRuns: 2_000 },
  );
});

test("numbers of other countries are their own keys", () => {
  fc.assert(
    fc.property(number, (any) => {
      if (!/^\+5[245]/.test(any)) expect(phoneForms(any)).toEqual([any]);
    }),
    { seed: 39 },
  );
});

test.each([
  ["+12025550123", "+1"],
  ["+447700900123", "+44"],
  ["+35312345678", "+353"],
  ["74000", "74000"],
])("%s is of %s", (number, code) => expect(countryCodeOf(number)).toBe(code));
