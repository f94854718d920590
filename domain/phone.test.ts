import { expect, test } from "vitest";
import { phoneWords, typedPhone } from "./phone";

test.each([
  ["+15550100", "+15550100"],
  [" +1 (555) 010-0199 ", "+15550100199"],
  ["001 555 0100199", "+15550100199"],
  ["+44 (0)20 7946 0018", "+442079460018"],
  ["+49.30/901820", "+4930901820"],
  ["+33 1\u00a023\u201145 67 89", "+33123456789"],
  ["\u202a+49\u00a0151 23456789\u202c", "+4915123456789"],
  ["0151 23456789", undefined],
  ["555 0100", undefined],
  ["+0 555 0100", undefined],
  ["+1 555", undefined],
  ["+1 555 010 0199 0199 0199", undefined],
  ["+1 555 CALLME", undefined],
  ["ann", undefined],
  ["", undefined],
])("typed %j is %j", (text, number) => expect(typedPhone(text)).toBe(number));

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
