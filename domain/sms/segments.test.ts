import fc from "fast-check";
import { expect, test } from "vitest";
import { LANGUAGES } from "./national";
import { cutText, type JoiningHeader, NARROW_HEADER, roomOf, segmentsOf, smsText, WIDE_HEADER } from "./segments";

const splitText = (text: string, header?: JoiningHeader): readonly string[] => cutText(text, header).segments;
const FAMILY = "👨‍👩‍👧"; // 8 units

test("a segment's room, alone and beside either header", () => {
  expect([0, NARROW_HEADER, WIDE_HEADER].map((header) => roomOf("gsm7", header))).toEqual([160, 153, 152]);
  expect([0, NARROW_HEADER, WIDE_HEADER].map((header) => roomOf("ucs2", header))).toEqual([70, 67, 66]);
});

test.each([
  ["", { encoding: "gsm7", units: 0, segments: 0, unitsLeft: 160 }],
  ["a", { encoding: "gsm7", units: 1, segments: 1, unitsLeft: 159 }],
  ["é".repeat(160), { encoding: "gsm7", units: 160, segments: 1, unitsLeft: 0 }],
  ["a".repeat(161), { encoding: "gsm7", units: 161, segments: 2, unitsLeft: 145 }],
  ["a".repeat(306), { encoding: "gsm7", units: 306, segments: 2, unitsLeft: 0 }],
  ["a".repeat(307), { encoding: "gsm7", units: 307, segments: 3, unitsLeft: 152 }],
  ["€".repeat(80), { encoding: "gsm7", units: 160, segments: 1, unitsLeft: 0 }],
  // 76 fit into 153, for the escape stays with its character
  ["€".repeat(81), { encoding: "gsm7", units: 162, segments: 2, unitsLeft: 143 }],
  ["ça va", { encoding: "ucs2", units: 5, segments: 1, unitsLeft: 65, because: "ç" }],
  [`${"a".repeat(69)}’`, { encoding: "ucs2", units: 70, segments: 1, unitsLeft: 0, because: "’" }],
  [`${"a".repeat(70)}’`, { encoding: "ucs2", units: 71, segments: 2, unitsLeft: 63, because: "’" }],
  [`Hi ${FAMILY}!`, { encoding: "ucs2", units: 12, segments: 1, unitsLeft: 58, because: FAMILY }],
])("%j is measured", (text, size) => {
  expect(segmentsOf(text)).toEqual(size);
});

test("the wide header costs an octet of each segment", () => {
  expect(segmentsOf("a".repeat(305), WIDE_HEADER)).toMatchObject({ segments: 3 });
  expect(segmentsOf("я".repeat(133), WIDE_HEADER)).toMatchObject({ segments: 3 });
  expect(segmentsOf("a".repeat(160), WIDE_HEADER)).toMatchObject({ segments: 1 });
});

test("national tables are used where they are allowed and spare a segment", () => {
  const vowels = "á".repeat(71);
  expect(segmentsOf(vowels)).toMatchObject({ encoding: "ucs2", segments: 2, because: "á" });
  expect(segmentsOf(vowels, WIDE_HEADER, ["turkish"])).toMatchObject({ encoding: "ucs2", segments: 2 });
  // 155 septets stand beside a header of four octets
  expect(segmentsOf(vowels, WIDE_HEADER, LANGUAGES)).toEqual({ encoding: "gsm7", units: 142, segments: 1, unitsLeft: 13, language: "spanish" });
  expect(segmentsOf("á".repeat(78), WIDE_HEADER, LANGUAGES)).toEqual({ encoding: "gsm7", units: 78, segments: 1, unitsLeft: 77, language: "portuguese" });
  expect(segmentsOf("ação", WIDE_HEADER, LANGUAGES)).toMatchObject({ encoding: "ucs2", segments: 1 });
  expect(segmentsOf(`ğ${"a".repeat(300)}`, WIDE_HEADER, ["turkish"])).toMatchObject({ segments: 3, unitsLeft: 142 });
  expect(segmentsOf(`ğ😀${"a".repeat(300)}`, WIDE_HEADER, LANGUAGES)).toMatchObject({ encoding: "ucs2" });
});

test("a character is never cut in two", () => {
  expect(splitText(`${"a".repeat(152)}€${"b".repeat(10)}`)).toEqual(["a".repeat(152), `€${"b".repeat(10)}`]);
  expect(splitText(`${"a".repeat(66)}😀${"b".repeat(10)}`)).toEqual(["a".repeat(66), `😀${"b".repeat(10)}`]);
  expect(splitText(`${"a".repeat(60)}${FAMILY}${"b".repeat(10)}`)).toEqual(["a".repeat(60), `${FAMILY}${"b".repeat(10)}`]);
  expect(splitText(`${"a".repeat(65)}👍🏽${"b".repeat(10)}`)).toEqual(["a".repeat(65), `👍🏽${"b".repeat(10)}`]);
  expect(splitText(`${"a".repeat(66)}q\u0302${"b".repeat(10)}`)).toEqual(["a".repeat(66), `q\u0302${"b".repeat(10)}`]);
});

test("one longer than a segment is cut between code points", () => {
  const piled = `x${"\u0489".repeat(100)}`;
  expect(splitText(piled).map((segment) => segment.length)).toEqual([67, 34]);
  expect(splitText(piled).join("")).toBe(piled);
});

test("letters with combining marks are composed; what only looks alike is left", () => {
  expect(segmentsOf("cafe\u0301")).toMatchObject({ encoding: "gsm7", units: 4 });
  expect(segmentsOf("q\u0302")).toMatchObject({ encoding: "ucs2", because: "q\u0302" });
  expect(smsText("“don’t” – A\u030a\u2126")).toBe("“don’t” – ÅΩ");
  expect(smsText("a\ud83db\udc00 😀")).toBe("a\ufffdb\ufffd 😀");
});

test("a long text is measured in time that grows with its length only", () => {
  for (const letter of ["a", "я", "q\u0302"]) {
    const begun = performance.now();
    expect(segmentsOf(letter.repeat(40_000)).units).toBe(40_000 * letter.length);
    expect(performance.now() - begun).toBeLessThan(2_000); // 100 times what it takes; segmented in one piece it takes minutes
  }
});

const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme-ascii" }),
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
      fc.constantFrom("€", FAMILY, "\ud83d", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\r\n"),
    ),
    {
      maxLength: 120,
    },
  )
  .map((pieces) => pieces.join(""));

test("any text: the segments together are the text, none is above its room, and size and split agree", () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom<JoiningHeader[]>(NARROW_HEADER, WIDE_HEADER), (text, header) => {
      const segments = splitText(text, header);
      expect(segmentsOf(text, header, LANGUAGES).segments).toBeLessThanOrEqual(segments.length);
      const size = segmentsOf(text, header);
      const room = roomOf(size.encoding, segments.length > 1 ? header : 0);
      const units = segments.map((segment) => room - unitsOf(segment, size.encoding));
      expect(segments.join("")).toBe(smsText(text));
      expect(segments.every((segment) => segment !== "" && !/\p{Surrogate}/u.test(segment))).toBe(true);
      expect(Math.min(room, ...units)).toBeGreaterThanOrEqual(0);
      expect(size).toMatchObject({ segments: segments.length, unitsLeft: units.at(-1) ?? room });
    }),
    { seed: 20_240_601, numRuns: 300 },
  );
});

const unitsOf = (segment: string, encoding: string): number => (encoding === "ucs2" ? segment.length : segmentsOf(segment).units);

test("any text of short characters: every segment ends where a character ends", () => {
  const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
  const character = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    fc.constantFrom("€", "a", "ç", "\u0302", FAMILY, "🇫", "🏽", "한", "ㅎ", "क्ष"),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 300 }), (characters) => {
      const text = smsText(characters.join(""));
      const pieces = [...graphemes.segment(text)];
      fc.pre(pieces.every(({ segment }) => segment.length <= 66));
      const boundaries = new Set([...pieces.map(({ index }) => index), text.length]);
      let at = 0;
      for (const segment of splitText(text)) {
        at += segment.length;
        expect(boundaries).toContain(at);
      }
    }),
    { seed: 29, numRuns: 300 },
  );
});
