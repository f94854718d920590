import { expect, test } from "vitest";
import { typedOutsider } from "./typed";

test.each([
  ["Nora@Example.org", "mailto:nora@example.org"],
  ["+1 (555) 0100", "tel:+15550100"],
  ["0049 151 23456789", "tel:+4915123456789"],
  ["nora", undefined],
  ["+1 555", undefined],
])("%s is %s", (text, id) => expect(typedOutsider(text)).toBe(id));
