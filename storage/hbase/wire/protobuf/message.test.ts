import * as fc from "fast-check";
import { expect, test } from "vitest";
import { big, bool, bytes, int, list, message, num, string, sub, type Values } from ".";

const Inner = message("Inner", { name: string(1), numbers: list(int(2)) });
const Every = message("Every", {
  bytes: bytes(1),
  string: string(2),
  bool: bool(3),
  int: int(4),
  num: num(5),
  big: big(6),
  inner: sub(15, Inner),
  inners: list(sub(16, Inner)),
  blobs: list(bytes(300)),
});

const inner = fc.record({ name: fc.string(), numbers: fc.array(fc.integer(), { minLength: 1 }) }, { requiredKeys: [] });
const buffer = fc.uint8Array().map((array) => Buffer.from(array));
const every: fc.Arbitrary<Values<(typeof Every)["spec"]>> = fc.record(
  {
    bytes: buffer,
    string: fc.string({ unit: "grapheme" }),
    bool: fc.boolean(),
    int: fc.integer(),
    num: fc.maxSafeInteger(),
    big: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    inner,
    inners: fc.array(inner, { minLength: 1 }),
    blobs: fc.array(buffer, { minLength: 1 }),
  },
  { requiredKeys: [] },
);

test("what is encoded is what is decoded", () => {
  fc.assert(
    fc.property(every, (values) => {
      expect(Every.decode(Every.encode(values))).toEqual(values);
    }),
  );
});

test("a message that is cut short is refused or shorter, never made up", () => {
  fc.assert(
    fc.property(every, fc.nat(), (values, cut) => {
      const whole = Every.encode(values);
      const part = whole.subarray(0, cut % (whole.length + 1));
      try {
        expect(Every.encode(Every.decode(part)).length).toBeLessThanOrEqual(whole.length);
      } catch (error) {
        expect((error as Error).message).toMatch(/cut short|too long|wire type/);
      }
    }),
  );
});

test("fields that are not known are stepped over", () => {
  const Less = message("Less", { int: int(4) });
  fc.assert(
    fc.property(every, (values) => {
      expect(Less.decode(Every.encode(values)).int).toBe(values.int);
    }),
  );
  expect(Less.decode(Buffer.from("0900000000000000000d000000002007", "hex"))).toEqual({ int: 7 }); // fixed64 and fixed32 before
});

test.each([
  ["a varint (the specification's example)", { int: 150 }, "209601"],
  ["a string (the specification's example)", { string: "testing" }, "120774657374696e67"],
  ["minus one takes ten bytes", { int: -1 }, "20ffffffffffffffffff01"],
  ["the greatest uint64", { big: 2n ** 64n - 1n }, "30ffffffffffffffffff01"],
  ["2^53 - 1", { num: 2 ** 53 - 1 }, "28ffffffffffffff0f"],
  ["empty bytes", { bytes: Buffer.alloc(0) }, "0a00"],
  ["false is written", { bool: false }, "1800"],
  ["a field above 15 has a tag of two bytes", { inners: [{ name: "a" }] }, "8201030a0161"],
  ["a repeated field, in order", { inner: { numbers: [1, 2, 300] } }, "7a071001100210ac02"],
])("bytes: %s", (_, values, hex) => {
  expect(Every.encode(values).toString("hex")).toBe(hex);
  expect(Every.decode(Buffer.from(hex, "hex"))).toEqual(values);
});

test("decoded bytes are views of what was received", () => {
  const received = Every.encode({ bytes: Buffer.from("abc") });
  const { bytes: view } = Every.decode(received);
  received.fill(0);
  expect(view).toEqual(Buffer.from([0, 0, 0]));
});
