import { septetCount } from "./gsm7";
import { type Fitting, fill, fittingCodeUnits, fittingSeptets, outsider, type Units } from "./layout";
import { type Language, LOCKING, type Shift } from "./national";

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
  /** The national tables that spare a segment, or several. Only when they were allowed; then the encoding is GSM-7. */
  readonly language?: Language;
}

/** How a text goes out: its segments, together `smsText(text)`, none of which ends inside a character as a person sees it. */
export interface SmsCut {
  readonly encoding: SmsEncoding;
  readonly segments: readonly string[];
  readonly language?: Language;
  readonly shift: Shift;
  readonly because?: string;
}

/** Octets of a user data header that joins segments, its own length octet included (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8). */
export const NARROW_HEADER = 6;
export const WIDE_HEADER = 7;
export type JoiningHeader = typeof NARROW_HEADER | typeof WIDE_HEADER;
/** Octets that name a national table (9.2.3.24.15 and 16), which a text in one segment needs as well, behind the length octet. */
const NAMED_TABLE = 3;

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

/** How a text will travel, for the one who writes it. `header` and `languages` as in `cutText`. */
export function segmentsOf(text: string, header: JoiningHeader = NARROW_HEADER, languages: readonly Language[] = []): SmsSize {
  const { encoding, segments, shift, because, language } = cutText(text, header, languages);
  const unitsOf = encoding === "gsm7" ? septetsIn(shift) : codeUnits;
  const last = segments.at(-1) ?? "";
  return {
    encoding,
    units: segments.reduce((sum, segment) => sum + unitsOf(segment), 0),
    segments: segments.length,
    unitsLeft: roomOf(encoding, octetsBefore(segments.length, header, shift)) - unitsOf(last),
    ...(because !== undefined && { because }),
    ...(language !== undefined && { language }),
  };
}

/**
 * Cuts a text. No segment ends inside a character as a person sees it, unless that character is longer than a segment. `header`: octets taken
 * from each of several segments. `languages`: whose tables the network and the phone know. They are used where they spare a segment only: an
 * old phone that does not know them shows other letters, and every phone knows UCS-2.
 */
export function cutText(text: string, header: JoiningHeader = NARROW_HEADER, languages: readonly Language[] = []): SmsCut {
  const sent = smsText(text);
  const because = outsider(sent);
  if (because === undefined) return { encoding: "gsm7", segments: inSeptets(sent, header, {}), shift: {} };
  const plain: SmsCut = { encoding: "ucs2", segments: layOut(sent, "ucs2", [0, header], codeUnits, fittingCodeUnits), shift: {}, because };
  const national = languages.flatMap((language) => shiftsOf(language).map((shift) => ({ language, shift })));
  return national.reduce((best, { language, shift }) => {
    if (septetCount(sent, shift) === undefined) return best;
    const segments = inSeptets(sent, header, shift);
    return segments.length < best.segments.length ? { encoding: "gsm7", segments, language, shift } : best;
  }, plain);
}

/** The fewer tables a header names, the more is left for the text. */
const shiftsOf = (language: Language): readonly Shift[] =>
  LOCKING[language] === undefined ? [{ single: language }] : [{ single: language }, { locking: language }, { locking: language, single: language }];

/** Octets of the header of each of so many segments. */
function octetsBefore(count: number, header: JoiningHeader, shift: Shift): number {
  const tables = NAMED_TABLE * Object.keys(shift).length;
  return count > 1 ? header + tables : tables === 0 ? 0 : 1 + tables;
}

function inSeptets(sent: string, header: JoiningHeader, shift: Shift): string[] {
  const count = septetsIn(shift);
  return layOut(sent, "gsm7", [octetsBefore(1, header, shift), octetsBefore(2, header, shift)], count, (text, room) => fittingSeptets(text, room, count));
}

/** `before`: octets of the header of a segment that is alone, and of one among several. */
function layOut(sent: string, encoding: SmsEncoding, [alone, joined]: readonly [number, number], unitsOf: Units, fitting: Fitting): string[] {
  if (sent === "") return [];
  return unitsOf(sent) <= roomOf(encoding, alone) ? [sent] : fill(sent, roomOf(encoding, joined), fitting);
}

const septetsIn =
  (shift: Shift): Units =>
  (text) =>
    septetCount(text, shift) ?? 0;
const codeUnits: Units = (text) => text.length;
