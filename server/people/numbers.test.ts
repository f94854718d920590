import { expect, test } from "vitest";
import { numberFacts, typedNumber } from "./numbers";
import { outsider } from "./outsiders";

test.each([
  ["07700 900123", "GB", "+447700900123"],
  ["(020) 7946-0018", "GB", "+442079460018"],
  ["06 1234 5678", "IT", "+390612345678"], // the zero stays
  ["(202) 555-0143", "US", "+12025550143"],
  ["011 44 7700 900123", "US", "+447700900123"],
  ["8 (912) 345-67-89", "RU", "+79123456789"],
  ["011 15-2345-6789", "AR", "+5491123456789"],
  ["٠٧٧٠٠ ٩٠٠١٢٣", "GB", "+447700900123"],
  ["tel:020-7946-0018;phone-context=+44", "GB", "+442079460018"],
  ["+44 (0)20 7946 0018", "US", "+442079460018"],
  ["0049 151 23456789", undefined, "+4915123456789"],
  ["+551187654321", undefined, "+551187654321"], // as it was before the ninth digit
])("%s typed in %s is %s", (text, country, number) => expect(typedNumber(text, country)).toBe(number));

test.each([
  ["07700 900123", undefined],
  ["07700 900123", "XX"],
  ["+1 555 0100", "US"], // seven digits, where there are ten
  ["+44 7700 9001234567", "GB"],
  ["+999 123 456 789", "US"],
  ["007", "GB"],
  ["ann", "US"],
  ["1800 FLOWERS", "US"],
])("%s typed in %s is none", (text, country) => expect(typedNumber(text, country)).toBeUndefined());

test.each([
  ["+447700900123", "+44 7700 900123", "GB"],
  ["+12025550143", "+1 202 555 0143", "US"],
  ["+18765550123", "+1 876 555 0123", "JM"],
  ["+33123456789", "+33 1 23 45 67 89", "FR"],
  ["+390612345678", "+39 06 1234 5678", "IT"],
  ["+525512345678", "+52 55 1234 5678", "MX"],
  ["+5215512345678", "+52 1 55 1234 5678", "MX"],
  ["+5491123456789", "+54 9 11 2345 6789", "AR"],
  ["+882161234567", "+882 16 123 4567", undefined],
])("%s is written %s and is of %s", (number, words, country) => {
  expect(numberFacts(number)).toMatchObject({ words, possible: true, premium: false });
  expect(numberFacts(number).country).toBe(country);
});

test("what is none is written as it is", () => {
  expect(numberFacts("74000")).toEqual({ words: "74000", possible: false, premium: false });
  expect(outsider("tel:+447700900123")).toMatchObject({ name: "+44 7700 900123", shown: "+44 7700 900123", address: "+447700900123" });
  expect(outsider("mailto:nora@example.org")).not.toHaveProperty("shown");
});
