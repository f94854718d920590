import fc from "fast-check";
import { expect, test } from "vitest";
import { concatenationOf, readHeader, userDataHeader } from "./header";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

test("the headers of TS 23.040, 9.2.3.24.1 and 9.2.3.24.8", () => {
  expect(userDataHeader({ concatenation: { reference: 0x1cc, total: 2, number: 1 } })).toEqual(hex("05 00 03 CC 02 01"));
  expect(userDataHeader({ concatenation: { reference: 0x1cc, total: 2, number: 1 }, wide: true })).toEqual(hex("06 08 04 01 CC 02 01"));
  expect(userDataHeader({ shift: { single: "spanish" } })).toEqual(hex("03 24 01 02"));
  expect(userDataHeader({ shift: { single: "turkish", locking: "turkish" } })).toEqual(hex("06 24 01 01 25 01 01"));
  expect(userDataHeader({})).toEqual(hex(""));
});

test.each([
  ["8 bits", "05 00 03 CC 02 01 41", { length: 6, concatenation: { reference: 0xcc, total: 2, number: 1 } }],
  ["16 bits", "06 08 04 01 CC 03 03", { length: 7, concatenation: { reference: 0x1cc, total: 3, number: 3 } }],
  ["behind ports", "0B 05 04 0B 84 23 F0 00 03 07 02 02", { length: 12, concatenation: { reference: 7, total: 2, number: 2 } }],
  ["before a language", "08 00 03 07 02 02 25 01 01", { length: 9, concatenation: { reference: 7, total: 2, number: 2 }, shift: { locking: "turkish" } }],
  ["two tables", "06 24 01 03 25 01 03 41", { length: 7, shift: { single: "portuguese", locking: "portuguese" } }],
  ["the table of no language", "03 24 01 00", { length: 4 }],
  ["a table we do not have", "03 25 01 06", { length: 4, strange: true }],
  ["a table that is not there", "03 25 01 02", { length: 4, strange: true }],
  ["twice: the last", "0A 00 03 07 02 02 00 03 08 03 01", { length: 11, concatenation: { reference: 8, total: 3, number: 1 } }],
  ["no element", "00 41", { length: 1 }],
  ["no part", "05 00 03 CC 02 00", { length: 6 }],
  ["a part above the total", "05 00 03 CC 02 03", { length: 6 }],
  ["no total", "05 00 03 CC 00 00", { length: 6 }],
  ["an element too short", "04 00 02 CC 02", { length: 5 }],
  ["an element over the end", "05 00 09 CC 02 01 41 41 41 41", { length: 6 }],
  ["half an element at the end", "06 00 03 CC 02 01 08", { length: 7 }],
  ["a header over the end", "05 00 03 CC 02", undefined],
  ["nothing", "", undefined],
])("%s", (_, octets, header) => {
  expect(readHeader(hex(octets))).toEqual(header);
});

test("any octets: no throw, and what is found makes sense", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      const header = readHeader(octets);
      if (header === undefined) return;
      expect(header.length).toBeLessThanOrEqual(octets.length);
      const { reference, total, number } = header.concatenation ?? { reference: 0, total: 1, number: 1 };
      expect(concatenationOf(reference, total, number)).toBeDefined();
    }),
    { seed: 23_040, numRuns: 2_000 },
  );
});

test("what is written is read", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 255 }), fc.nat(0xffff), fc.boolean(), (total, reference, wide) => {
      const concatenation = { reference: wide ? reference : reference & 0xff, total, number: 1 + (reference % total) };
      expect(readHeader(userDataHeader({ concatenation, wide }))?.concatenation).toEqual(concatenation);
    }),
    { seed: 23_041 },
  );
});

test("the optional parameters of SMPP", () => {
  expect(concatenationOf(0xffff, 3, 2)).toEqual({ reference: 0xffff, total: 3, number: 2 });
  for (const [reference, total, number] of [
    [undefined, 2, 1],
    [1, undefined, 1],
    [1, 2, undefined],
    [1, 2, 3],
    [1, 2, 0],
    [1, 256, 1],
    [-1, 2, 1],
    [1, 2.5, 1],
    [Number.NaN, 2, 1],
  ])
    expect(concatenationOf(reference, total, number)).toBeUndefined();
});
