import type { Bytes } from "../../contract";

/**
 * HBase reads the columns of a row forwards only. Families that are mostly read from their end are stored under qualifiers turned round: the greatest comes
 * first, and reading backwards is reading what is stored forwards. Each byte becomes its complement; 0x00, whose complement marks what is special, becomes
 * FF 00; the end is FF FF, greater than anything that may go on there, so that what is longer comes before what it begins with.
 */
const MARK = 0xff;
const ZERO = 0x00;

export function turned(qualifier: Bytes): Buffer {
  const { length } = qualifier;
  let zeros = 0;
  for (let from = 0; from < length; from++) if (qualifier[from] === 0) zeros++;
  const out = Buffer.allocUnsafe(length + zeros + 2);
  let at = 0;
  for (let from = 0; from < length; from++) {
    out[at++] = MARK - qualifier[from]!;
    if (qualifier[from] === 0) out[at++] = ZERO;
  }
  out[at] = MARK;
  out[at + 1] = MARK;
  return out;
}

/** Undefined when these bytes are no turned qualifier. */
export function turnedBack(stored: Bytes): Buffer | undefined {
  const end = stored.length - 2;
  const out = Buffer.allocUnsafe(Math.max(0, end));
  let length = 0;
  for (let at = 0; at < end; at++) {
    out[length++] = MARK - stored[at]!;
    if (stored[at] === MARK && stored[++at] !== ZERO) return undefined;
  }
  return end >= 0 && stored[end] === MARK && stored[end + 1] === MARK ? out.subarray(0, length) : undefined;
}
