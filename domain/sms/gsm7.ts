/** The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1 and 6.2.1.1), without national language tables. */

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

const SEPTETS: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...[...ALPHABET].map((character, septet) => [character, [septet]] as const).filter(([, [septet]]) => septet !== ESCAPE),
  ...[...EXTENSION].map(([septet, character]) => [character, [ESCAPE, septet]] as const),
]);

/** The septets of a text, one a number; undefined when it holds a character that the alphabet lacks. */
export function toSeptets(text: string): number[] | undefined {
  const septets: number[] = [];
  for (const character of text) {
    const found = SEPTETS.get(character);
    if (found === undefined) return undefined;
    septets.push(...found);
  }
  return septets;
}

/** The septets a text takes, two for a character of the extension table; undefined when it holds a character that the alphabet lacks. */
export const septetCount = (text: string): number | undefined => toSeptets(text)?.length;

/**
 * The text of septets, each below 0x80. As the standard bids: after an escape a septet that the extension lacks is shown from the default
 * alphabet; an escape with nothing or a second escape behind it is a space.
 */
export function fromSeptets(septets: Iterable<number>): string {
  let text = "";
  let escaped = false;
  for (const septet of septets) {
    const known = escaped ? EXTENSION.get(septet) : undefined;
    if (septet !== ESCAPE) text += known ?? ALPHABET.charAt(septet);
    else if (escaped) text += " ";
    escaped = septet === ESCAPE && !escaped;
  }
  return escaped ? `${text} ` : text;
}
