import { LANGUAGE_IDS, LANGUAGES, type Language, LOCKING, type Shift } from "@/domain/sms/national";

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
  /** The national tables the text is in. */
  readonly shift?: Shift;
  /** It names a table that we do not have: some letters may be wrong. */
  readonly strange?: true;
}

const CONCATENATED_8 = 0x00;
const CONCATENATED_16 = 0x08;
const SINGLE_SHIFT = 0x24;
const LOCKING_SHIFT = 0x25;

export interface HeaderFields {
  readonly concatenation?: Concatenation;
  readonly wide?: boolean;
  readonly shift?: Shift;
}

/** The header of a part; empty where there is nothing to say. Of the reference the low 8 bits count, the low 16 in a wide one. */
export function userDataHeader({ concatenation, wide = false, shift = {} }: HeaderFields): Buffer {
  const elements = [
    ...(concatenation === undefined ? [] : joining(concatenation, wide)),
    ...(shift.single === undefined ? [] : [SINGLE_SHIFT, 1, LANGUAGE_IDS[shift.single]]),
    ...(shift.locking === undefined ? [] : [LOCKING_SHIFT, 1, LANGUAGE_IDS[shift.locking]]),
  ];
  return Buffer.from(elements.length === 0 ? [] : [elements.length, ...elements]);
}

const joining = ({ reference, total, number }: Concatenation, wide: boolean): readonly number[] =>
  wide ? [CONCATENATED_16, 4, (reference >> 8) & 0xff, reference & 0xff, total, number] : [CONCATENATED_8, 3, reference & 0xff, total, number];

/**
 * The header that octets begin with; undefined when it claims more octets than there are, for then nothing tells where the text begins.
 * When its last element runs over its end, the header says nothing but its length. Of several concatenations the last one counts, and one
 * that makes no sense counts for none; other elements are passed over.
 */
export function readHeader(octets: Uint8Array): Header | undefined {
  const length = (octets[0] ?? octets.length) + 1;
  if (length > octets.length) return undefined;
  let known: Omit<Header, "length"> = {};
  let at = 1;
  while (at < length) {
    const end = at + 2 + (octets[at + 1] ?? 0);
    if (at + 2 > length || end > length) return { length };
    known = { ...known, ...elementIn(octets[at], octets.subarray(at + 2, end), known.shift) };
    at = end;
  }
  return { length, ...known };
}

function elementIn(element: number | undefined, data: Uint8Array, shift: Shift | undefined): Omit<Header, "length"> {
  if (element === SINGLE_SHIFT || element === LOCKING_SHIFT) return tableIn(element, data, shift);
  const concatenation = concatenationIn(element, data);
  return concatenation === undefined ? {} : { concatenation };
}

/** Identifier 0 is no table, as the default is. */
function tableIn(element: number, data: Uint8Array, shift: Shift | undefined): Omit<Header, "length"> {
  const id = data.length === 1 ? data[0] : 0;
  const language: Language | undefined = LANGUAGES.find((name) => LANGUAGE_IDS[name] === id);
  if (language === undefined || (element === LOCKING_SHIFT && LOCKING[language] === undefined)) return id === 0 ? {} : { strange: true };
  return { shift: { ...shift, [element === SINGLE_SHIFT ? "single" : "locking"]: language } };
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
