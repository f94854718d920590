import { fromSeptets } from "@/domain/sms/gsm7";
import type { Shift } from "@/domain/sms/national";

export interface DecodedText {
  /** May begin or end with half of a surrogate pair: senders cut long texts anywhere, and the other half is in the next part. */
  readonly text: string;
  /** The octets did not fit what the data coding says, or it says nothing we know: the text may be wrong. */
  readonly guessed: boolean;
}

type Alphabet = "gsm7" | "latin1" | "cyrillic" | "hebrew" | "ucs2" | "binary" | "unknown";

/** The text of user data without its header, by data_coding (SMPP 3.4, 5.2.19), and in the tables its header names; undefined when that says it is not text. Never throws. */
export function decodeText(octets: Uint8Array, dataCoding: number, shift?: Shift): DecodedText | undefined {
  const alphabet = alphabetOf(dataCoding);
  switch (alphabet) {
    case "gsm7":
      // With the eighth bit set these are no septets: the gateway sends its own alphabet and says default.
      return octets.some((octet) => octet > 0x7f) ? guess(octets) : certain(fromSeptets(octets, shift));
    case "latin1":
      return certain(Buffer.from(octets).toString("latin1"));
    case "cyrillic":
      return certain(new TextDecoder("iso-8859-5").decode(octets));
    case "hebrew":
      return certain(new TextDecoder("iso-8859-8").decode(octets));
    case "ucs2":
      return certain(fromUcs2(octets));
    case "unknown":
      return guess(octets);
    case "binary":
      return undefined;
    default:
      return alphabet satisfies never;
  }
}

const certain = (text: string): DecodedText => ({ text, guessed: false });

/** Values that SMPP names; the others are what the phone network itself uses (3GPP TS 23.038, 4), which many gateways pass on. */
function alphabetOf(dataCoding: number): Alphabet {
  const named = NAMED.get(dataCoding);
  if (named !== undefined) return named;
  if (dataCoding >= 0x10 && dataCoding < 0x80) return generalGroup(dataCoding);
  if (dataCoding >= 0xc0 && dataCoding < 0xe0) return "gsm7"; // a message waits
  if (dataCoding >= 0xe0 && dataCoding < 0xf0) return "ucs2"; // the same
  if (dataCoding >= 0xf0 && dataCoding <= 0xff) return dataCoding & 0x04 ? "binary" : "gsm7"; // a class, such as a flash message
  return "unknown";
}

const NAMED: ReadonlyMap<number, Alphabet> = new Map([
  [0, "gsm7"],
  [1, "latin1"], // IA5: the lower half of Latin-1
  [2, "binary"],
  [3, "latin1"],
  [4, "binary"],
  [6, "cyrillic"],
  [7, "hebrew"],
  [8, "ucs2"],
]);

function generalGroup(dataCoding: number): Alphabet {
  const compressed = (dataCoding & 0x20) !== 0;
  return compressed ? "binary" : ((["gsm7", "binary", "ucs2", "unknown"] as const)[(dataCoding >> 2) & 3] ?? "unknown");
}

/** An octet too many at the end is dropped. */
const fromUcs2 = (octets: Uint8Array): string =>
  Buffer.from(octets.subarray(0, octets.length & ~1))
    .swap16()
    .toString("utf16le");

/** Text in Latin-1 is hardly ever UTF-8 by chance, and anything can be read as Latin-1: better a wrong letter than a lost message. */
function guess(octets: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets), guessed: true };
  } catch {
    return { text: Buffer.from(octets).toString("latin1"), guessed: true };
  }
}
