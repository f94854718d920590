import { LOCKING, type Shift, SINGLE } from "./national";

/** The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1 and 6.2.1.1), and what national tables put in their place. */

/** The character at each septet; at 0x1b stands the escape, which is no character. */
const ALPHABET = [
  "@£$¥èéùìòÇ\nØø\rÅå",
  "Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ",
  " !\"#¤%&'()*+,-./",
  "0123456789:;<=>?",
  "¡ABCDEFGHIJKLMNO",
  "PQRSTUVWXYZÄÖÑÜ§",
  "¿abcdefghijklmno",
  "pqrstuvwxyzäöñüà",
].join("");

const ESCAPE = 0x1b;
const EXTENSION: ReadonlyMap<number, string> = new Map([
  [0x0a, "\f"],
  [0x14, "^"],
  [0x28, "{"],
  [0x29, "}"],
  [0x2f, "\\"],
  [0x3c, "["],
  [0x3d, "~"],
  [0x3e, "]"],
  [0x40, "|"],
  [0x65, "€"],
]);

interface Alphabet {
  readonly characters: string;
  readonly extension: ReadonlyMap<number, string>;
  readonly septets: ReadonlyMap<string, readonly number[]>;
  /** How many septets each character takes, by its UTF-16 code unit; 0 when it is not in the alphabet, as none beyond the end is. */
  readonly lengths: Uint8Array;
}

function alphabetOf({ locking, single }: Shift): Alphabet {
  const characters = (locking && LOCKING[locking]) ?? ALPHABET;
  const national = Object.entries(single === undefined ? {} : SINGLE[single]).map(([at, character]) => [at.charCodeAt(0), character] as const);
  const extension = new Map([...EXTENSION, ...national]);
  const septets = new Map<string, readonly number[]>([
    ...[...extension].map(([septet, character]) => [character, [ESCAPE, septet]] as const),
    // Last, for what both have takes one septet here and two there.
    ...[...characters].map((character, septet) => [character, [septet]] as const).filter(([, [septet]]) => septet !== ESCAPE),
  ]);
  const lengths = new Uint8Array(Math.max(...[...septets.keys()].map((character) => character.charCodeAt(0))) + 1);
  for (const [character, { length }] of septets) lengths[character.charCodeAt(0)] = length;
  return { characters, extension, septets, lengths };
}

const DEFAULT = alphabetOf({});
const made = new Map<string, Alphabet>();

function alphabet({ locking, single }: Shift): Alphabet {
  if (locking === undefined && single === undefined) return DEFAULT;
  const name = `${locking} ${single}`;
  const known = made.get(name) ?? alphabetOf({ ...(locking && { locking }), ...(single && { single }) });
  made.set(name, known);
  return known;
}

/** The septets of a text, one a number; undefined when it holds a character that the alphabet lacks. */
export function toSeptets(text: string, shift: Shift = {}): number[] | undefined {
  const known = alphabet(shift).septets;
  const septets: number[] = [];
  for (const character of text) {
    const found = known.get(character);
    if (found === undefined) return undefined;
    for (const septet of found) septets.push(septet);
  }
  return septets;
}

/** The septets a text takes, two for a character of the extension table; undefined when it holds a character that the alphabet lacks. */
export function septetCount(text: string, shift: Shift = {}): number | undefined {
  const { lengths } = alphabet(shift);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const length = lengths[text.charCodeAt(at)];
    if (!length) return undefined;
    count += length;
  }
  return count;
}

/**
 * The text of septets, each below 0x80. As the standard bids: after an escape a septet that the extension lacks is shown from the alphabet
 * itself; an escape with nothing or a second escape behind it is a space.
 */
export function fromSeptets(septets: Iterable<number>, shift: Shift = {}): string {
  const { characters, extension } = alphabet(shift);
  let text = "";
  let escaped = false;
  for (const septet of septets) {
    const known = escaped ? extension.get(septet) : undefined;
    if (septet !== ESCAPE) text += known ?? characters.charAt(septet);
    else if (escaped) text += " ";
    escaped = septet === ESCAPE && !escaped;
  }
  return escaped ? `${text} ` : text;
}
