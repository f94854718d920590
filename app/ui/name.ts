const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const WIDE = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
const LETTER = /\p{L}|\p{N}|\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** One or two characters that stand for a name in any script: a whole emoji, one ideograph, else the first letters of the first and last word. */
export function initials(name: string): string {
  // Numbers differ at their ends.
  if (/^\+\d[\d ]+$/.test(name)) return name.slice(-2);
  const words = name
    .normalize("NFC")
    .slice(0, 400)
    .split(/[\s@._+-]+/u)
    .map(firstLetter)
    .filter((letter) => letter !== "");
  const [first = "?"] = words;
  const last = words.at(-1);
  if (words.length < 2 || last === undefined || isWhole(first) || isWhole(last)) return first;
  return first + last;
}

const isWhole = (letter: string): boolean => WIDE.test(letter) || /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(letter);

function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word.slice(0, 64))) if (LETTER.test(segment)) return segment.toLocaleUpperCase();
  return "";
}

/** A hue of 0..359 that a name or id keeps for ever (FNV-1a). */
export function hueOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % 360;
}
