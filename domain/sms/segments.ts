import { septetCount } from "./gsm7";

export type SmsEncoding = "gsm7" | "ucs2";

export interface SmsSize {
  readonly encoding: SmsEncoding;
  /** Of the whole text: septets in GSM-7, UTF-16 code units in UCS-2. */
  readonly units: number;
  /** 0 for an empty text: there is nothing to send. */
  readonly segments: number;
  /** What the last segment still takes before another one begins. */
  readonly unitsLeft: number;
  /** The first character, as a person sees it, that GSM-7 lacks. Set exactly when the encoding is UCS-2. */
  readonly because?: string;
}

/** Octets of a user data header that joins segments, its own length octet included (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8). */
export const NARROW_HEADER = 6;
export const WIDE_HEADER = 7;
export type JoiningHeader = typeof NARROW_HEADER | typeof WIDE_HEADER;

/** Octets of user data in one short message (3GPP TS 23.040, 9.2.3.16). */
const USER_DATA = 140;

/** Units that one segment holds beside a header of so many octets. Septets begin on a septet boundary after it. */
export const roomOf = (encoding: SmsEncoding, header: number): number => Math.floor((USER_DATA - header) / (encoding === "gsm7" ? 7 / 8 : 2));

/**
 * A text as it goes out: in NFC, and without halves of surrogate pairs. A letter followed by a combining mark, as some keyboards and
 * pasted file names have it, would force UCS-2 and leave 70 characters for 160, where the same letter composed is often GSM-7; to a
 * reader both are the same. What only looks alike, such as curly quotes, is the writer's choice and stays.
 */
export const smsText = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd").normalize("NFC");

/** How a text will travel, for the one who writes it. `header` as in `splitText`. */
export function segmentsOf(text: string, header: JoiningHeader = NARROW_HEADER): SmsSize {
  const { encoding, because, unitsOf, segments } = layOut(text, header);
  const last = segments.at(-1) ?? "";
  return {
    encoding,
    units: segments.reduce((sum, segment) => sum + unitsOf(segment), 0),
    segments: segments.length,
    unitsLeft: roomOf(encoding, segments.length > 1 ? header : 0) - unitsOf(last),
    ...(because !== undefined && { because }),
  };
}

/**
 * The texts of the segments in order; together they are `smsText(text)`. No segment ends inside a character as a person sees it, unless
 * that character is longer than a segment. `header`: octets taken from each of several segments.
 */
export const splitText = (text: string, header: JoiningHeader = NARROW_HEADER): string[] => layOut(text, header).segments;

function layOut(text: string, header: JoiningHeader) {
  const sent = smsText(text);
  const because = outsider(sent);
  const encoding: SmsEncoding = because === undefined ? "gsm7" : "ucs2";
  const [unitsOf, fitting] = encoding === "gsm7" ? [septets, fittingSeptets] : [codeUnits, fittingCodeUnits];
  const single = unitsOf(sent) <= roomOf(encoding, 0);
  const segments = sent === "" ? [] : single ? [sent] : fill(sent, roomOf(encoding, header), fitting);
  return { encoding, because, unitsOf, segments };
}

const septets = (text: string): number => septetCount(text) ?? 0;
const codeUnits = (text: string): number => text.length;

function fill(text: string, room: number, fitting: (text: string, room: number) => number): string[] {
  const segments: string[] = [];
  for (let at = 0; at < text.length; at += segments.at(-1)?.length ?? 0) {
    // The character behind the last that could fit decides whether both are one.
    const window = text.slice(at, at + room + 2);
    segments.push(window.slice(0, fitting(window, room)));
  }
  return segments;
}

/** How much of the beginning of a GSM-7 text fits. */
function fittingSeptets(text: string, room: number): number {
  let left = room;
  let length = 0;
  for (const character of text) {
    left -= septets(character);
    if (left < 0) break;
    length++;
  }
  return length;
}

/** Only ever given short texts: to segment a whole one takes time that grows with the square of its length (V8 of Node 20). */
const GRAPHEMES = new Intl.Segmenter("und", { granularity: "grapheme" });

function fittingCodeUnits(text: string, room: number): number {
  if (text.length <= room) return text.length;
  const boundary = GRAPHEMES.segment(text).containing(room)?.index ?? 0;
  return boundary > 0 ? boundary : room - (isLowSurrogate(text.charCodeAt(room)) ? 1 : 0);
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The longest that is shown of a character with many marks. */
const MAX_CHARACTER = 40;

/** The first character that GSM-7 lacks, with the letter before it when it is a mark on that. */
function outsider(text: string): string | undefined {
  let at = 0;
  for (const character of text) {
    if (septetCount(character) === undefined) {
      const start = Math.max(0, at - 1);
      return GRAPHEMES.segment(text.slice(start, at + MAX_CHARACTER)).containing(at - start)?.segment;
    }
    at += character.length;
  }
  return undefined;
}
