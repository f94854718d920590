import { septetCount } from "./gsm7";

/** What a text takes in its encoding. */
export type Units = (text: string) => number;

/** How much of the beginning of a text fits. */
export type Fitting = (text: string, room: number) => number;

/** The texts of segments that hold so many units, in order. */
export function fill(text: string, room: number, fitting: Fitting): string[] {
  const segments: string[] = [];
  for (let at = 0; at < text.length; at += segments.at(-1)?.length ?? 0) {
    // The character behind the last that could fit decides whether both are one.
    const window = text.slice(at, at + room + 2);
    segments.push(window.slice(0, fitting(window, room)));
  }
  return segments;
}

export function fittingSeptets(text: string, room: number, septets: Units): number {
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

export function fittingCodeUnits(text: string, room: number): number {
  if (text.length <= room) return text.length;
  const boundary = GRAPHEMES.segment(text).containing(room)?.index ?? 0;
  return boundary > 0 ? boundary : room - (isLowSurrogate(text.charCodeAt(room)) ? 1 : 0);
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The longest that is shown of a character with many marks. */
const MAX_CHARACTER = 40;

/** The first character that GSM-7 lacks, with the letter before it when it is a mark on that. */
export function outsider(text: string): string | undefined {
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
