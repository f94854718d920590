import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeId, IdMinter, isId, timeOfId } from "./id";

const zeros = (bytes: number) => new Uint8Array(bytes);

test("ids sort by the time they were made, and say it", () => {
  let now = 1_000;
  const mint = new IdMinter(() => now, zeros);
  const first = mint.next();
  now = 2_000;
  const second = mint.next();
  expect([timeOfId(first), timeOfId(second)]).toEqual([1_000, 2_000]);
  expect(first < second).toBe(true);
  expect(isId(first)).toBe(true);
});

test("ids grow even when the clock stands still, goes back, or another machine is ahead", () => {
  const times = fc.array(fc.nat(1e12), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(times, fc.uint8Array({ minLength: 16, maxLength: 16 }), (clock, seen) => {
      const ahead = encodeId(seen.map((byte, i) => (i === 0 ? byte & 0x0f : byte)));
      let tick = 0;
      const mint = new IdMinter(() => clock[tick++ % clock.length] as number, zeros);
      const ids = clock.map((_, i) => mint.next(i === 1 ? ahead : undefined));
      expect([...ids].sort()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
      expect((ids[1] as string) > ahead).toBe(true);
    }),
  );
});

test("the text order of ids is the byte order of what they hold", () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(Math.sign(Buffer.compare(a, b))).toBe(encodeId(a) < encodeId(b) ? -1 : encodeId(a) > encodeId(b) ? 1 : 0);
    }),
  );
});

test("what is not an id is told apart", () => {
  for (const text of ["", "x", "8zzzzzzzzzzzzzzzzzzzzzzzzz", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01arz3ndektsv4rrffq69g5fau", "../../etc/passwd"])
    expect(isId(text)).toBe(false);
});
