import { expect, test } from "vitest";
import { knotWords } from "./strand";

test("the knots can be heard", () => {
  expect(knotWords(["chat", "chat", "email", "chat"])).toBe("Last messages: Chat 2 times, then E-mail, then Chat");
  expect(knotWords([])).toBe("No messages yet");
});
