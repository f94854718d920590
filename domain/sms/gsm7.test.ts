import { expect, test } from "vitest";
import { fromSeptets, septetCount, toSeptets } from "./gsm7";
import { LANGUAGES, LOCKING, type Shift } from "./national";

const EXTENDED = "\f^{}\\[~]|€";

test("each of the 127 characters has its septet, and each of the ten extended ones two", () => {
  const septets = Array.from({ length: 128 }, (_, septet) => septet).filter((septet) => septet !== 0x1b);
  const alphabet = fromSeptets(septets);
  expect(new Set(alphabet).size).toBe(127);
  expect(toSeptets(alphabet)).toEqual(septets);
  expect([...EXTENDED].map((character) => septetCount(character))).toEqual(Array(10).fill(2));
  expect(fromSeptets(toSeptets(EXTENDED) ?? [])).toBe(EXTENDED);
});

test.each([
  ["@", [0x00]],
  ["£$¥èéùìòÇ\n", [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a]],
  ["Øø\rÅå", [0x0b, 0x0c, 0x0d, 0x0e, 0x0f]],
  ["Δ_ΦΓΛΩΠΨΣΘΞ", [0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a]],
  ["ÆæßÉ ¤", [0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x24]],
  ["¡ÄÖÑÜ§¿äöñüà", [0x40, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f]],
  ["Az09", [0x41, 0x7a, 0x30, 0x39]],
  ["€", [0x1b, 0x65]],
  ["{[^]}", [0x1b, 0x28, 0x1b, 0x3c, 0x1b, 0x14, 0x1b, 0x3e, 0x1b, 0x29]],
])("%j as in the tables of TS 23.038", (text, septets) => {
  expect(toSeptets(text)).toEqual(septets);
  expect(fromSeptets(septets)).toBe(text);
});

test.each([..."çáíóúâêôëÀÈ`’“”–…«»\t\u00a0\u001bΑω😀", "e\u0301", "\ud83d"])("%j is not in GSM-7", (character) => {
  expect(toSeptets(`a${character}`)).toBeUndefined();
  expect(septetCount(`a${character}`)).toBeUndefined();
});

test("an escape that leads nowhere", () => {
  expect(fromSeptets([0x41, 0x1b, 0x42])).toBe("AB"); // the extension has nothing at 0x42: the default alphabet's character
  expect(fromSeptets([0x41, 0x1b])).toBe("A ");
  expect(fromSeptets([0x1b, 0x1b, 0x65])).toBe(" e");
  expect(fromSeptets([])).toBe("");
});

const cells = (...septets: number[]) => septets.flatMap((septet) => [0x1b, septet]);
test.each<[Shift, string, number[]]>([
  [{ single: "turkish" }, "ĞİŞçğış€[", cells(0x47, 0x49, 0x53, 0x63, 0x67, 0x69, 0x73, 0x65, 0x3c)],
  [{ locking: "turkish" }, "€ıĞğŞşİç", [0x04, 0x07, 0x0b, 0x0c, 0x1c, 0x1d, 0x40, 0x60]],
  [{ single: "spanish" }, "çÁÍÓÚáíóú", cells(0x09, 0x41, 0x49, 0x4f, 0x55, 0x61, 0x69, 0x6f, 0x75)],
  [{ single: "portuguese" }, "êçÔôÁáÊ", cells(0x05, 0x09, 0x0b, 0x0c, 0x0e, 0x0f, 0x1f)],
  [{ single: "portuguese" }, "ÀÍÓÚÃÕÂíóúãõâ", cells(0x41, 0x49, 0x4f, 0x55, 0x5b, 0x5c, 0x61, 0x69, 0x6f, 0x75, 0x7b, 0x7c, 0x7f)],
  [{ locking: "portuguese" }, "êéúíóçÔôÁá", [0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0b, 0x0c, 0x0e, 0x0f]],
  [{ locking: "portuguese" }, "ªÇÀ∞^\\€Ó|ÂâÊÉ", [0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1c, 0x1d, 0x1e, 0x1f]],
  [{ locking: "portuguese" }, "ºÍÃÕÚÜ§~ãõ`üà", [0x24, 0x40, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f]],
  [{ locking: "portuguese", single: "portuguese" }, "çΦΓΩΠΨΣΘ", [0x09, ...cells(0x12, 0x13, 0x15, 0x16, 0x17, 0x18, 0x19)]],
])("%j: %j as in the tables of TS 23.038, Annex A", (shift, text, septets) => {
  expect(toSeptets(text, shift)).toEqual(septets);
  expect(fromSeptets(septets, shift)).toBe(text);
});

test("a locking table has 127 different characters, and what is not in it is not sent", () => {
  for (const locking of LANGUAGES.filter((language) => LOCKING[language] !== undefined)) {
    const septets = Array.from({ length: 128 }, (_, septet) => septet).filter((septet) => septet !== 0x1b);
    const alphabet = fromSeptets(septets, { locking });
    expect([...new Set(alphabet)]).toHaveLength(127);
    expect(toSeptets(alphabet, { locking })).toEqual(septets);
  }
  expect(toSeptets("è", { locking: "turkish" })).toBeUndefined();
  expect(toSeptets("ü¿", { single: "spanish" })).toEqual([0x7e, 0x60]);
});
