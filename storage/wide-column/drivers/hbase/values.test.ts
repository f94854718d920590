import fc from "fast-check";
import { expect, it } from "vitest";
import { seal, sumOfFamily, sumOfRow, unseal } from "./values";

const PLACE = sumOfRow(sumOfFamily("mailbox", "log"), Buffer.from("row"));
const Q = Buffer.from("q");
const bytes = fc.uint8Array({ maxLength: 24 }).map((array) => Buffer.from(array));
const sealed = (value: string | Buffer) => seal(PLACE, Q, Buffer.from(value));

it("gives back every value, and lets no value but 8 bytes look like a counter, or like nothing", () => {
  fc.assert(
    fc.property(bytes, bytes, (qualifier, value) => {
      const stored = seal(PLACE, qualifier, value);
      expect(unseal(PLACE, qualifier, stored)).toEqual(value);
      expect(stored.length === 8).toBe(value.length === 8);
      expect(stored.length).toBeGreaterThan(0);
    }),
    { numRuns: 500, seed: 20_101_115 },
  );
  expect(sealed("12345678").toString()).toBe("12345678");
  expect(["", "1", "12", "123", "1234"].map((value) => sealed(value).length)).toEqual([5, 6, 7, 9, 9]);
});

it("sees every flipped bit, every lost or added byte", () => {
  for (const value of ["", "abc", "a value of some length"]) {
    const stored = sealed(value);
    for (let bit = 0; bit < stored.length * 8; bit++) {
      const broken = Buffer.from(stored);
      broken[bit >> 3]! ^= 1 << (bit & 7);
      expect(unseal(PLACE, Q, broken)).toBeUndefined();
    }
    for (const broken of [stored.subarray(1), stored.subarray(0, -1), Buffer.concat([stored, stored]), Buffer.alloc(0)])
      if (broken.length !== 8) expect(unseal(PLACE, Q, broken)).toBeUndefined();
  }
});

it("sees a value in the wrong table, family, row or column", () => {
  const stored = sealed("value");
  const places = [
    ["other", "log", "row", "q"],
    ["mailbox", "head", "row", "q"],
    ["mailbox", "log", "row2", "q"],
    ["mailbox", "log", "row", "r"],
    ["mailbox", "log", "ro", "wq"],
    ["mailbox", "log", "rowq", ""],
  ] as const;
  for (const [table, family, row, qualifier] of places)
    expect(unseal(sumOfRow(sumOfFamily(table, family), Buffer.from(row)), Buffer.from(qualifier), stored)).toBeUndefined();
});

it("stores each value in one way only, so that what is stored can be compared", () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      expect(seal(PLACE, Q, one).equals(seal(PLACE, Q, other))).toBe(one.equals(other));
    }),
    { numRuns: 300, seed: 20_101_115 },
  );
});

it("takes any empty bytes for the same, wherever they lie", () => {
  const empties = [Buffer.alloc(0), Buffer.from("x").subarray(1), new Uint8Array(0), new Uint8Array(new ArrayBuffer(8), 8)];
  for (const one of empties) for (const other of empties) expect(unseal(PLACE, one, seal(PLACE, other, other))).toHaveLength(0);
});

it("shares no memory with what it is given", () => {
  const value = Buffer.from("12345678");
  const stored = seal(PLACE, Q, value);
  const read = unseal(PLACE, Q, stored);
  value.fill(0);
  stored.fill(0);
  expect(read?.toString()).toBe("12345678");
});
