import { expect, test } from "vitest";
import type { SmsDelivery } from "@/domain/message";
import { frontOf, receivedFacts, sentFacts, smsSizeWords } from "./sms";

test.each([
  ["Hello", undefined],
  ["", undefined],
  ["a".repeat(160), undefined],
  ["a".repeat(161), "2 segments"],
  ["Всё хорошо", "Unicode because of “В”"],
  [`Zo\u0451 ${"a".repeat(80)}`, "2 segments, Unicode because of “ё”"],
  ["On time 🚂", "Unicode because of “🚂”"],
  ["a\u200bb", "Unicode because of U+200B"],
])("%j takes %j", (text, words) => expect(smsSizeWords(text)?.words).toBe(words));

test("more than is sent is said", () => {
  expect(smsSizeWords("a".repeat(1_520))).toEqual({ words: "10 segments", over: false });
  expect(smsSizeWords("a".repeat(1_521))).toEqual({ words: "11 segments, and at most 10 are sent", over: true });
});

test("the name in front counts, and is named when it is the reason", () => {
  expect(smsSizeWords("a".repeat(160), "Ann: ")?.words).toBe("2 segments");
  expect(smsSizeWords("Hello", "Zoë: ")?.words).toBe("Unicode because of “ë” in your name");
  expect(smsSizeWords("Hello Zoe\u0308", "Zoë: ")?.words).toBe("Unicode because of “ë”");
});

test("a name stands in front in groups, and between two until the phone knows", () => {
  const sms = { from: "+15550190", segments: 1, encoding: "gsm7", carrier: "demo" } as const;
  const sent = { delivery: { "tel:+15550100": { state: "sent", channel: "sms", at: 1, sms } } } as const;
  expect(frontOf({ kind: "direct" }, [], "Ann")).toBe("Ann: ");
  expect(frontOf({ kind: "direct" }, [sent], "Ann")).toBe("");
  expect(frontOf({ kind: "direct" }, [{ sms: { to: "+15550190", segments: 1 } }], "Ann")).toBe("");
  expect(frontOf({ kind: "group" }, [sent], "Ann")).toBe("Ann: ");
});

test("the details of what went out and of what came in", () => {
  const sent: SmsDelivery = { from: "+15550190", segments: 2, encoding: "ucs2", carrier: "north", cost: { micros: 15_500, currency: "EUR" } };
  expect(sentFacts(sent)).toEqual([
    ["From", "+1 555 0190"],
    ["Size", "2 segments, Unicode"],
    ["Carrier", "north"],
    ["Cost", "€0.0155"],
  ]);
  const odd: SmsDelivery = { from: "74000", segments: 1, encoding: "gsm7", carrier: "north", cost: { micros: 2_000_000, currency: "points" } };
  expect(sentFacts(odd).at(-1)).toEqual(["Cost", "2.00 points"]);
  expect(receivedFacts({ to: "+15550190", segments: 1 })).toEqual([
    ["To", "+1 555 0190"],
    ["Size", "1 segment"],
  ]);
  expect(receivedFacts({ to: "+15550190", segments: 3, missing: 1 }).at(-1)).toEqual(["Size", "3 segments, of which 1 did not come"]);
  expect(receivedFacts({ to: "+15550190", from: "+5215512345678", segments: 1 })[0]?.[0]).toBe("From");
});
