import fc from "fast-check";
import { expect, it } from "vitest";
import { turned, turnedBack } from "./qualifiers";

/** Mostly the bytes that are special, so that neighbours and beginnings of each other come up often. */
const qualifier = fc.array(fc.constantFrom(0, 0, 1, 0x61, 0xfe, 0xff, 0xff), { maxLength: 6 }).map((bytes) => Buffer.from(bytes));

it("turns the order of any two qualifiers round, and back again", () => {
  fc.assert(
    fc.property(qualifier, qualifier, (one, other) => {
      expect(Math.sign(Buffer.compare(turned(one), turned(other)))).toBe(-Math.sign(Buffer.compare(one, other)) + 0);
      expect(turnedBack(turned(one))).toEqual(one);
    }),
    { numRuns: 2000, seed: 20_101_115 },
  );
});

it("knows what is no turned qualifier", () => {
  for (const bytes of [[], [0xff], [0x9e], [0x9e, 0xff], [0xff, 0xff, 0xff], [0xff, 0x01, 0xff, 0xff], [0xff, 0xff, 0x00], [0x9e, 0xff, 0x00]])
    expect(turnedBack(Buffer.from(bytes))).toBeUndefined();
});
