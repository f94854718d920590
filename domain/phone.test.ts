import { expect, test } from "vitest";
import { phoneWords } from "./phone";

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
