/** Letters that Unicode does not take apart, as people type them without their marks. */
const LETTERS: Readonly<Record<string, string>> = { ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ħ: "h", ς: "σ" };
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** Code points of a word that are searched for; longer words are told apart afterwards. */
const LONGEST = 16;
const MOST_WORDS = 24;
const MOST_TERMS = 8;

/** Finds words in any script, also where nothing stands between them (UAX 29, with dictionaries for Chinese, Japanese, Thai...). */
const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** A text as it is compared: without case, accents, vowel points, widths and apostrophes. */
export function fold(text: string): string {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{Diacritic}'’‘ʼ]/gu, "");
  return plain.replace(SPECIAL, (letter) => LETTERS[letter] ?? letter);
}

/** The places at which a name may be looked up, each reaching to the end of its part: `Jean-Luc Wu` gives jean-luc, luc, wu. */
export function wordsOf(text: string): string[] {
  const parts = text.normalize("NFKC").split(/\s+/).filter(Boolean);
  return [...new Set(parts.flatMap(wordStarts).filter(Boolean))].slice(0, MOST_WORDS);
}

function wordStarts(part: string): string[] {
  const starts = [...segmenter.segment(part)].filter(({ isWordLike }) => isWordLike).map(({ index }) => index);
  return [0, ...starts].map((start) => fold(part.slice(start)));
}

/** All beginnings of the words of a name and a handle, for an index that finds whole values only. */
export function prefixesOf(name: string, handle: string): string[] {
  const words = [...wordsOf(handle), ...handle.split(/[._-]/), ...wordsOf(name)];
  return [...new Set(words.flatMap(beginnings))];
}

function beginnings(word: string): string[] {
  const letters = [...word].slice(0, LONGEST);
  return letters.map((_, end) => letters.slice(0, end + 1).join(""));
}

/** What somebody looks for, folded: every term has to begin some word. */
export const termsOf = (query: string): string[] => query.slice(0, 320).trim().replace(/^@/, "").split(/\s+/).map(fold).filter(Boolean).slice(0, MOST_TERMS);

/** The part of a term that the index knows. */
export const indexedTerm = (term: string): string => [...term].slice(0, LONGEST).join("");

const MAX_NAME = 300;

/** A name as it is stored: one line, no invisible control characters but those that join or turn letters; undefined when nothing is left or it is too long. */
export function normalName(text: string): string | undefined {
  const name = text
    .slice(0, MAX_NAME * 8)
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return name === "" || [...name].length > MAX_NAME ? undefined : name;
}
