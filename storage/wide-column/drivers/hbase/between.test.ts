import fc from "fast-check";
import { expect, it } from "vitest";
import { between } from "./between";

const b = (text: string) => Buffer.from(text, "latin1");
const names = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));
/** Many zeros and ends of the range, and many that begin alike. */
const edges = fc.array(fc.constantFrom("\0", "\0\0\0\0\0\0", "\xff", "\xff\xff\xff\xff\xff\xff", "a"), { maxLength: 5 }).map((parts) => b(parts.join("")));

it("lies between two names, or says that hardly anything does", () =>
  fc.assert(
    fc.property(fc.oneof(names, edges), fc.oneof(names, edges, fc.constant(undefined)), (one, other) => {
      const [low, high] = other === undefined || Buffer.compare(one, other) < 0 ? [one, other] : [other, one];
      if (high && low.equals(high)) return;
      const middle = between(low, high);
      if (middle === undefined) {
        expect(high?.subarray(0, low.length)).toEqual(low);
        expect(high?.subarray(low.length).every((byte, at, { length }) => byte === 0 || at === length - 1)).toBe(true);
      } else {
        expect(Buffer.compare(low, middle)).toBe(-1);
        if (high) expect(Buffer.compare(middle, high)).toBe(-1);
      }
    }),
    { numRuns: 2_000, seed: 20_101_115 },
  ));
