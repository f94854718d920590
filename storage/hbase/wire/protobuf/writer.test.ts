import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Slab, Writer } from ".";

/** Written back to front, in pieces, some by reserving room. */
function written(slab: Slab, pieces: readonly Uint8Array[]): Buffer {
  const writer = new Writer(slab);
  for (const [i, piece] of [...pieces].reverse().entries()) {
    if (i % 2 === 0) writer.bytes(piece);
    else {
      const at = writer.reserve(piece.length);
      writer.buffer.set(piece, at);
    }
  }
  return writer.finish();
}

const pieces = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 });

test("what was finished is never written over by what comes later", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.constantFrom(16, 64, 1024), (frames, size) => {
      const slab = new Slab(size);
      const all = frames.map((frame) => written(slab, frame));
      expect(all.map((bytes) => bytes.toString("hex"))).toEqual(frames.map((frame) => Buffer.concat(frame).toString("hex")));
    }),
  );
});

test("two writers at once do not share a buffer", () => {
  const slab = new Slab(64);
  written(slab, [Buffer.from("before")]);
  const [one, other] = [new Writer(slab), new Writer(slab)];
  one.bytes(Buffer.from("one"));
  other.bytes(Buffer.from("other"));
  expect([other.finish().toString(), one.finish().toString(), written(slab, [Buffer.from("after")]).toString()]).toEqual(["other", "one", "after"]);
});

test("what is too large for a slab leaves nothing behind", () => {
  const slab = new Slab(1024);
  written(slab, [Buffer.alloc(1_000_000)]);
  expect(written(slab, [Buffer.from("small")]).buffer.byteLength).toBe(1024);
});
