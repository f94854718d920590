/** Words of strangers, made harmless for a screen and bounded. Lengths are UTF-16 code units, as in `string.length`. */

/**
 * What stands at 0x80 to 0x9f in windows-1252, in order; undefined there is a space. Mails call it latin1, and Node 20 decodes both as
 * latin1: without this their quotation marks and euro signs would be control characters.
 */
const WINDOWS_1252 = "€\u0020‚ƒ„…†‡ˆ‰Š‹Œ\u0020Ž\u0020\u0020‘’“”•–—˜™š›œ\u0020žŸ";
const C1 = /[\u0080-\u009f]/g;
const fromC1 = (control: string): string => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? "";

/** Control characters (C0 without tab and line feed, DEL, C1). */
const CONTROL = /(?![\t\n])\p{Cc}/gu;

/** Invisible characters that reorder or hide what stands beside them: with them a name can look like another (Unicode TR 36). */
const DECEIVING = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/** Text of several lines: line ends are LF, no control characters, no halves of surrogate pairs. */
export const cleanText = (text: string): string => wellFormed(text.replace(/\r\n?/g, "\n").replace(C1, fromC1).replace(CONTROL, ""));

/** One line, such as a name or a subject, of at most `max` characters. */
export const cleanLine = (text: string, max: number): string =>
  cut(
    cleanText(text.slice(0, max * 4))
      .replace(DECEIVING, "")
      .replace(/\s+/g, " ")
      .trim(),
    max,
  );

/** The beginning of a text, never ending inside a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");
