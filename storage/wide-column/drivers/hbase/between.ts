import type { Bytes } from "../../contract";

/** Bytes of a name that are looked at as one number, after those that both names begin with. */
const WIDTH = 6;
const END = 2 ** (8 * WIDTH);

/**
 * A name about half-way from one to a later one, and neither of the two. Without a later one: half-way to where all names end. Undefined when there is nothing
 * between but `low` followed by zeros. Between two names there are names without end, so halving need not come to one.
 */
export function between(low: Bytes, high: Bytes | undefined): Buffer | undefined {
  const same = high === undefined ? 0 : sharedBy(low, high);
  const [a, b] = [numberAt(low, same), high === undefined ? END : numberAt(high, same)];
  if (b - a > 1) return Buffer.concat([low.subarray(0, same), bytesOf(Math.floor((a + b) / 2))]);
  const rest = b === a ? high?.subarray(same + WIDTH) : undefined;
  if (rest?.length === 0) return undefined; // there are only zeros between
  const further = between(low.subarray(same + WIDTH), rest);
  return further && Buffer.concat([low.subarray(0, same), bytesOf(a), further]);
}

function sharedBy(one: Bytes, other: Bytes): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  return at;
}

function numberAt(name: Bytes, from: number): number {
  let number = 0;
  for (let at = from; at < from + WIDTH; at++) number = number * 256 + (name[at] ?? 0);
  return number;
}

function bytesOf(number: number): Buffer {
  const bytes = Buffer.alloc(WIDTH);
  bytes.writeUIntBE(number, 0, WIDTH);
  return bytes;
}
