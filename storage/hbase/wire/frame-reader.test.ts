import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FrameReader } from "./frame-reader";

const framed = (frame: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(frame.length);
  return Buffer.concat([length, frame]);
};

test("however the bytes are cut, the frames are the same", () => {
  const frame = fc.uint8Array({ maxLength: 50 }).map((array) => Buffer.from(array));
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(frame), cuts, (frames, sizes) => {
      const bytes = Buffer.concat(frames.map(framed));
      const reader = new FrameReader();
      const seen: Buffer[] = [];
      for (let at = 0, i = 0; at < bytes.length; at += sizes[i % sizes.length]!, i++) {
        reader.push(bytes.subarray(at, at + sizes[i % sizes.length]!), (one) => seen.push(Buffer.from(one)));
      }
      expect(seen).toEqual(frames);
    }),
  );
});

test("a length that cannot be is refused, before anything is kept for it", () => {
  const push = (size: number, reader = new FrameReader()) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(size);
    reader.push(length, () => {});
  };
  for (const size of [-1, 0x7fffffff, 128 * 1024 * 1024 + 1]) expect(() => push(size)).toThrow(RangeError);
  expect(() => push(128 * 1024 * 1024)).not.toThrow();
  expect(() => push(11, new FrameReader(10))).toThrow("a frame of 11 bytes; 10 is the most");
});
