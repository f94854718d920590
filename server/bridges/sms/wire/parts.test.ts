import fc from "fast-check";
import { expect, test } from "vitest";
import { LANGUAGES } from "@/domain/sms/national";
import { smsText } from "@/domain/sms/segments";
import { readIncoming } from "./incoming";
import { type PartsOptions, parts } from "./parts";

const octets = (text: string, options: PartsOptions = { reference: 1 }) => parts(text, options).map(({ shortMessage }) => shortMessage.toString("hex"));

test("short texts travel as they are", () => {
  expect(parts("", { reference: 1 })).toEqual([]);
  expect(parts("@ 5€", { reference: 1 })).toEqual([{ shortMessage: Buffer.from([0x00, 0x20, 0x35, 0x1b, 0x65]), dataCoding: 0, esmClass: 0 }]);
  expect(parts("ç😀", { reference: 1 })).toEqual([{ shortMessage: Buffer.from("00e7d83dde00", "hex"), dataCoding: 8, esmClass: 0 }]);
});

test("long texts are joined by a header", () => {
  const a = "61";
  expect(octets("a".repeat(161), { reference: 0x1cc })).toEqual([`050003cc0201${a.repeat(153)}`, `050003cc0202${a.repeat(8)}`]);
  expect(octets("a".repeat(161), { reference: 0x1cc, wide: true })).toEqual([`06080401cc0201${a.repeat(152)}`, `06080401cc0202${a.repeat(9)}`]);
  expect(parts("a".repeat(161), { reference: 1 }).map(({ esmClass }) => esmClass)).toEqual([0x40, 0x40]);
});

test("a part without the letter that asks for it is UCS-2 all the same", () => {
  const [first, second] = parts(`${"a".repeat(70)}ç`, { reference: 1 });
  expect([first?.dataCoding, second?.dataCoding]).toEqual([8, 8]);
  expect(first?.shortMessage.subarray(6, 10)).toEqual(Buffer.from([0, 0x61, 0, 0x61]));
});

test("national tables where they spare a segment", () => {
  const text = `Ölçüm bitti, görüşürüz. ${"a".repeat(60)}`;
  const inTurkish = parts(text, { reference: 1, language: "turkish" });
  expect(inTurkish).toMatchObject([{ dataCoding: 0, esmClass: 0x40 }]);
  expect(inTurkish[0]?.shortMessage.subarray(0, 7)).toEqual(Buffer.from([3, 0x24, 1, 1, 0x5c, 0x6c, 0x1b]));
  expect(parts(text, { reference: 1 })).toMatchObject([{ dataCoding: 8 }, { dataCoding: 8 }]);
  expect(parts("görüşürüz", { reference: 1, language: "turkish" })).toMatchObject([{ dataCoding: 8, esmClass: 0 }]); // every phone reads that
  const [first] = parts(`ş${"a".repeat(200)}`, { reference: 0x1cc, wide: true, language: "turkish" });
  expect(first?.shortMessage.subarray(0, 10).toString("hex")).toBe("09080401cc0201240101");
});

test("no more than 255 parts", () => {
  expect(parts("a".repeat(153 * 255), { reference: 1 })).toHaveLength(255);
  expect(() => parts("a".repeat(153 * 255 + 1), { reference: 1 })).toThrow(expect.objectContaining({ code: "message/too-large" }));
});

const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abc @_\n\r£éÇ{}[]|€~^\\Ω"), maxLength: 700 }),
  fc.string({ unit: fc.constantFrom(..."abc €[çğışİŞáíóúãõâêÔ∞~`Ω"), maxLength: 400 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({ unit: fc.constantFrom("a", "é", "e\u0301", "😀", "👨‍👩‍👧", "\ud83d", "\ude00", "\u0000", "\ufeff", "\ufffe"), maxLength: 200 }),
);

test("any text is read as it was sent", () => {
  fc.assert(
    fc.property(anyText, fc.nat(0xffff), fc.boolean(), fc.constantFrom(undefined, ...LANGUAGES), (text, reference, wide, language) => {
      const sent = parts(text, { reference, wide, ...(language && { language }) });
      const read = sent.map(({ shortMessage, ...rest }) => readIncoming({ octets: shortMessage, ...rest }));
      expect(read.map((part) => (part.kind === "text" ? part.text : part)).join("")).toBe(smsText(text));
      expect(sent.every(({ shortMessage }) => shortMessage.length <= 160)).toBe(true);
      if (read.length < 2) return;
      const total = read.length;
      expect(read).toEqual(
        read.map((part, index) => ({ ...part, guessed: false, concatenation: { reference: wide ? reference : reference & 0xff, total, number: index + 1 } })),
      );
    }),
    { seed: 34, numRuns: 500 },
  );
});
