import { expect, test } from "vitest";
import { isHandle, normalEmail, normalPhone, peopleKey } from "./address";
import { decideFolder, decideWay } from "./decide";
import { snippet } from "./message";

test("an e-mail address has one spelling", () => {
  expect(normalEmail("  Ann.Archer@Example.ORG ")).toBe("ann.archer@example.org");
  for (const text of [
    "",
    "ann",
    "@example.org",
    "ann@",
    "a b@example.org",
    "a@b..c",
    "a..b@c.org",
    ".a@b.org",
    "a@-b.org",
    `${"a".repeat(65)}@b.org`,
    "a@b\r\nRCPT TO:<c@d>",
  ])
    expect(normalEmail(text)).toBeUndefined();
});

test.each([
  ["+15550100", "+15550100"],
  [" +1 (555) 010-0199 ", "+15550100199"],
  ["001 555 0100199", "+15550100199"],
  ["+44 (0)20 7946 0018", "+442079460018"],
  ["+39 (0)6 1234 5678", "+390612345678"],
  ["tel:+44-20-7946-0018;ext=5", "+442079460018"],
  [" TEL:+1(202)555-0143", "+12025550143"],
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
])("a number typed as %j is %j", (text, number) => expect(normalPhone(text)).toBe(number));

test("handles are short and plain", () => {
  expect(["ann", "a", "ben.b-2"].map(isHandle)).toEqual([true, true, true]);
  expect(["", "-a", "a.", "a..b", "Ann", "a".repeat(31), "ä"].map(isHandle)).toEqual(Array(7).fill(false));
});

test("a set of people has one key, whatever the order", () => {
  expect(peopleKey(["b", "a", "b"])).toBe(peopleKey(["a", "b"]));
  expect(peopleKey(["a", "b"])).not.toBe(peopleKey(["a", "b", "c"]));
});

test("the way of a message follows from who gets it", () => {
  expect(decideWay({ to: "01arz3ndektsv4rrffq69g5fav", known: true })).toMatchObject({ by: "mailbox", channel: "chat" });
  expect(decideWay({ to: "01arz3ndektsv4rrffq69g5fav", known: false })).toMatchObject({ by: "none", reason: "no-such-person" });
  expect(decideWay({ to: "mailto:nora@example.org", known: false })).toMatchObject({ by: "email", channel: "email" });
  expect(decideWay({ to: "tel:+15550100", known: false })).toMatchObject({ by: "sms", channel: "sms" });
});

test("strangers and machines go to Other; a move sticks; news brings an archived thread back unless it is muted", () => {
  const inside = "01arz3ndektsv4rrffq69g5fav";
  const outside = "mailto:nora@example.org";
  expect(decideFolder({ thread: undefined, from: inside, bulk: false })).toBe("messages");
  expect(decideFolder({ thread: undefined, from: outside, bulk: false })).toBe("other");
  expect(decideFolder({ thread: undefined, from: inside, bulk: true })).toBe("other");
  expect(decideFolder({ thread: { folder: "messages" }, from: outside, bulk: true })).toBe("messages");
  expect(decideFolder({ thread: { folder: "spam", moved: { at: 1 } }, from: outside, bulk: false })).toBe("spam");
  expect(decideFolder({ thread: { folder: "archive", moved: { at: 1 } }, from: inside, bulk: false })).toBe("messages");
  expect(decideFolder({ thread: { folder: "archive", muted: { at: 1 } }, from: inside, bulk: false })).toBe("archive");
});

test("a snippet is one line and never half a character", () => {
  expect(snippet("a\n\n  b")).toBe("a b");
  expect([...snippet("😀".repeat(1_000))].every((letter) => letter === "😀")).toBe(true);
});
