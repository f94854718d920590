import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText } from "./decode";
import { readIncoming } from "./incoming";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

test.each([
  ["default alphabet", 0, "48 69 00 1b 65", "Hi@€"],
  ["IA5", 1, "48 69 40 5f", "Hi@_"],
  ["Latin-1", 3, "e7 61 20 76 61", "ça va"],
  ["Cyrillic", 6, "bf e0 d8 d2 d5 e2", "Привет"],
  ["Hebrew", 7, "f9 ec e5 ed", "שלום"],
  ["UCS-2", 8, "00 48 04 1f d8 3d de 00", "HП😀"],
  ["UCS-2, an octet too many", 8, "00 48 00", "H"],
  ["half a pair", 8, "00 48 d8 3d", "H\ud83d"],
  ["a flash message", 0x10, "48 69 00", "Hi@"],
  ["a flash message in UCS-2", 0x18, "04 1f", "П"],
  ["class 0", 0xf0, "48 69 00", "Hi@"],
  ["a message waits", 0xc8, "48 69", "Hi"],
  ["the same in UCS-2", 0xe0, "04 1f", "П"],
])("%s", (_, dataCoding, octets, text) => {
  expect(decodeText(hex(octets), dataCoding)).toEqual({ text, guessed: false });
});

test.each([
  ["UTF-8 called default", 0, "63 61 66 c3 a9", "café"],
  ["Latin-1 called default", 0, "63 61 66 e9", "café"],
  ["an unknown coding", 0x85, "48 69 40", "Hi@"],
  ["one from beyond", 4711, "e9", "é"],
])("%s is guessed", (_, dataCoding, octets, text) => {
  expect(decodeText(hex(octets), dataCoding)).toEqual({ text, guessed: true });
});

test.each([2, 4, 0x14, 0x15, 0x20, 0xf4, 0xf5])("data coding %i is no text", (dataCoding) => {
  expect(decodeText(hex("48 69"), dataCoding)).toBeUndefined();
  expect(readIncoming({ octets: hex("48 69"), dataCoding, esmClass: 0 })).toEqual({ kind: "problem", problem: "binary" });
});

test("the header is taken off and tells the part; without the mark it is text", () => {
  const octets = hex("05 00 03 CC 02 01 48 69");
  expect(readIncoming({ octets, dataCoding: 0, esmClass: 0x40 })).toEqual({
    kind: "text",
    text: "Hi",
    guessed: false,
    concatenation: { reference: 0xcc, total: 2, number: 1 },
  });
  expect(readIncoming({ octets: hex("48 69"), dataCoding: 0, esmClass: 0 })).toEqual({ kind: "text", text: "Hi", guessed: false });
  expect(readIncoming({ octets: hex("FF 00"), dataCoding: 0, esmClass: 0x40 })).toEqual({ kind: "problem", problem: "broken-header" });
});

test("the part may be told by optional parameters; a header goes before them", () => {
  const sar = { dataCoding: 0, sarMsgRefNum: 300, sarTotalSegments: 3, sarSegmentSeqnum: 2 };
  expect(readIncoming({ octets: hex("48"), esmClass: 0, ...sar })).toMatchObject({ text: "H", concatenation: { reference: 300, total: 3, number: 2 } });
  expect(readIncoming({ octets: hex("05 00 03 07 02 01 48"), esmClass: 0x40, ...sar })).toMatchObject({ concatenation: { reference: 7, total: 2, number: 1 } });
  expect(readIncoming({ octets: hex("48"), esmClass: 0, ...sar, sarSegmentSeqnum: 9 })).not.toHaveProperty("concatenation");
});

test("any octets under any coding: no throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(255), fc.nat(255), (octets, dataCoding, esmClass) => {
      expect(["text", "problem"]).toContain(readIncoming({ octets, dataCoding, esmClass }).kind);
    }),
    { seed: 23_038, numRuns: 2_000 },
  );
});
