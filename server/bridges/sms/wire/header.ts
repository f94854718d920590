/** The user data header of a short message (3GPP TS 23.040, 9.2.3.24), as strangers fill it too: nothing here throws. */

/** Which part of which long message a short message is: 1 <= number <= total <= 255. */
export interface Concatenation {
  readonly reference: number;
  readonly total: number;
  readonly number: number;
}

export interface Header {
  /** Octets from the beginning up to the text, the length octet included. */
  readonly length: number;
  readonly concatenation?: Concatenation;
}

const CONCATENATED_8 = 0x00;
const CONCATENATED_16 = 0x08;

/** The header that joins parts. Of the reference the low 8 bits count, the low 16 in a wide one. */
export function concatenationHeader({ reference, total, number }: Concatenation, wide: boolean): Buffer {
  if (wide) return Buffer.from([6, CONCATENATED_16, 4, (reference >> 8) & 0xff, reference & 0xff, total, number]);
  return Buffer.from([5, CONCATENATED_8, 3, reference & 0xff, total, number]);
}

/**
 * The header that octets begin with; undefined when it claims more octets than there are, for then nothing tells where the text begins.
 * When its last element runs over its end, the header says nothing but its length. Of several concatenations the last one counts, and one
 * that makes no sense counts for none; other elements are passed over.
 */
export function readHeader(octets: Uint8Array): Header | undefined {
  const length = (octets[0] ?? octets.length) + 1;
  if (length > octets.length) return undefined;
  let concatenation: Concatenation | undefined;
  let at = 1;
  while (at < length) {
    const end = at + 2 + (octets[at + 1] ?? 0);
    if (at + 2 > length || end > length) return { length };
    concatenation = concatenationIn(octets[at], octets.subarray(at + 2, end)) ?? concatenation;
    at = end;
  }
  return { length, ...(concatenation !== undefined && { concatenation }) };
}

function concatenationIn(element: number | undefined, data: Uint8Array): Concatenation | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = data;
  if (element === CONCATENATED_8 && data.length === 3) return concatenationOf(a, b, c);
  if (element === CONCATENATED_16 && data.length === 4) return concatenationOf(a * 256 + b, c, d);
  return undefined;
}

/** The same from sar_msg_ref_num, sar_total_segments and sar_segment_seqnum (SMPP 3.4, 5.3.2.22 to 24); undefined unless they make sense. */
export function concatenationOf(reference: number | undefined, total: number | undefined, number: number | undefined): Concatenation | undefined {
  if (!isWithin(reference, 0, 0xffff) || !isWithin(total, 1, 255) || !isWithin(number, 1, total)) return undefined;
  return { reference, total, number };
}

const isWithin = (value: number | undefined, least: number, most: number): value is number =>
  value !== undefined && Number.isInteger(value) && value >= least && value <= most;
