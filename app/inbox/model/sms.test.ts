import { expect, test } from "vitest";
import type { SmsDelivery } from "@/domain/message";
import { phoneWords } from "@/domain/phone";
import type { PhoneTerms, SmsTerms } from "@/domain/sms/terms";
import { frontOf, receivedFacts, sentFacts, smsSizeWords, unknownTerms } from "./sms";

const unknown = (front = "") => unknownTerms(["+447700900123"], front);
const TERMS: SmsTerms = { header: 7, languages: [], price: { micros: 7_500, currency: "USD" } };
const told = (terms: Partial<SmsTerms> = {}, more: Partial<PhoneTerms> = {}): PhoneTerms => ({
  phone: "+447700900123",
  front: "",
  terms: { ...TERMS, ...terms },
  ...more,
});
const words = (text: string, phones: readonly PhoneTerms[], locale = "en-US") => smsSizeWords(text, phones, locale)?.words;

test.each([
  ["Hello", undefined],
  ["", undefined],
  ["a".repeat(160), undefined],
  ["a".repeat(161), "2 segments"],
  ["Всё хорошо", "Unicode because of “В”"],
  [`Zo\u0451 ${"a".repeat(80)}`, "2 segments, Unicode because of “ё”"],
  ["On time 🚂", "Unicode because of “🚂”"],
  ["“Well”", "Unicode because of the sign “"],
  ["a\u200bb", "Unicode because of U+200B"],
])("%j takes %j", (text, words) => expect(smsSizeWords(text, unknown())?.words).toBe(words));

test("more than is sent is said", () => {
  expect(smsSizeWords("a".repeat(1_520), unknown())).toEqual({ words: "10 segments", over: false });
  expect(smsSizeWords("a".repeat(1_521), unknown())).toEqual({ words: "11 segments, and at most 10 are sent", over: true });
});

test("the name in front counts, and is named when it is the reason", () => {
  expect(words("a".repeat(160), unknown("Ann: "))).toBe("2 segments");
  expect(words("Hello", unknown("Zoë: "))).toBe("Unicode because of “ë” in your name");
  expect(words("Hello Zoe\u0308", unknown("Zoë: "))).toBe("Unicode because of “ë”");
});

test("the price is said as the reader writes money, of all phones together", () => {
  expect(words("Hello", [told()])).toBe("$0.0075");
  expect(words("a".repeat(161), [told()])).toBe("2 segments, $0.015");
  expect(words("a".repeat(161), [told({ price: { micros: 70_000, currency: "EUR" } })], "de-DE")).toBe("2 segments, 0,14\u00a0€");
  expect(words("Hello", [told(), told(), told({ price: { micros: 20_000, currency: "EUR" } })])).toBe("$0.015 and €0.02");
  expect(words("Hello", [told({ price: { micros: 0, currency: "USD" } })])).toBeUndefined();
});

test("what the carrier allows decides: national tables, the most that one may cost, where nothing goes", () => {
  expect(words("ğ".repeat(75), [told()])).toBe("2 segments, Unicode because of “ğ”, $0.015");
  expect(words("ğ".repeat(75), [told({ languages: ["turkish"] })])).toBe("$0.0075");
  expect(smsSizeWords("a".repeat(161), [told({ most: 10_000 })], "en-US")).toEqual({ words: "2 segments, $0.015, and one may cost at most $0.01", over: true });
  const nowhere: PhoneTerms = { phone: "+18765550123", front: "", refused: "country-not-allowed" };
  expect(smsSizeWords("Hello", [nowhere])).toEqual({ words: "which is not sent: this Braid sends no texts to that country", over: true });
  expect(words("Hello", [told(), nowhere])).toMatch(/^\$0\.0075, which is not sent to \+1 876 555 0123: this Braid/);
});

test("plain quotes and dashes are offered where they spare a segment", () => {
  const text = `${"a".repeat(70)}’`;
  expect(smsSizeWords(text, [told()])?.plain).toEqual({ text: `${"a".repeat(70)}'`, segments: 1 });
  expect(smsSizeWords(`“Hi” – it’s…\u00a0${"a".repeat(80)}`, [told()])?.plain?.text).toBe(`"Hi" - it's... ${"a".repeat(80)}`);
  expect(smsSizeWords("It’s", [told()])).not.toHaveProperty("plain"); // one segment either way
  expect(smsSizeWords(`${text}ё`, [told()])).not.toHaveProperty("plain");
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
  expect(sentFacts(sent, phoneWords, "en-US")).toEqual([
    ["From", "+1 555 0190"],
    ["Size", "2 segments, Unicode"],
    ["Carrier", "north"],
    ["Cost", "€0.0155"],
  ]);
  const odd: SmsDelivery = { from: "74000", segments: 1, encoding: "gsm7", carrier: "north", cost: { micros: 2_000_000, currency: "points" } };
  expect(sentFacts(odd, phoneWords, "en-US").at(-1)).toEqual(["Cost", "2.00 points"]);
  expect(receivedFacts({ to: "+15550190", segments: 1 }, phoneWords)).toEqual([
    ["To", "+1 555 0190"],
    ["Size", "1 segment"],
  ]);
  expect(receivedFacts({ to: "+15550190", segments: 3, missing: 1 }, phoneWords).at(-1)).toEqual(["Size", "3 segments, of which 1 did not come"]);
  const shown = (number: string) => (number === "+447700900123" ? "+44 7700 900123" : number);
  expect(receivedFacts({ to: "+15550190", from: "+447700900123", segments: 1 }, shown)[0]).toEqual(["From", "+44 7700 900123"]);
});
