import type { Message, SmsDelivery, SmsPart } from "@/domain/message";
import { phoneWords } from "@/domain/phone";
import { type SmsEncoding, segmentsOf, WIDE_HEADER } from "@/domain/sms/segments";
import type { Thread } from "@/domain/thread";
import { plural } from "./words";

/** What is only wanted where there is a phone. The tables behind it are large: import it lazily. */

/** The server sends no more segments than this; it refuses a longer text with `too-many-segments`. */
export const MAX_SEGMENTS = 10;

export interface SmsSizeWords {
  readonly words: string;
  /** More than is sent. */
  readonly over: boolean;
}

/** What stands before a text on the phones, so that they know who writes: in a group always, with two until the first text has gone. */
export function frontOf(thread: Pick<Thread, "kind">, messages: readonly Pick<Message, "sms" | "delivery">[], name: string): string {
  const known = thread.kind === "direct" && messages.some(({ sms, delivery }) => sms ?? Object.values(delivery ?? {}).some((one) => one.sms));
  return known ? "" : `${name}: `;
}

/** What a text takes as SMS, where that is worth a word: more than one segment, or Unicode, of which less than half fits into one. */
export function smsSizeWords(text: string, front = ""): SmsSizeWords | undefined {
  if (text === "") return undefined;
  const { segments, because } = segmentsOf(front + text, WIDE_HEADER);
  const over = segments > MAX_SEGMENTS;
  const count = segments > 1 ? [plural(segments, "segment")] : [];
  const why = because === undefined ? [] : [`Unicode because of ${characterWords(because)}${isIn(text, because) ? "" : " in your name"}`];
  const most = over ? [`and at most ${MAX_SEGMENTS} are sent`] : [];
  const words = [...count, ...why, ...most].join(", ");
  return words === "" ? undefined : { words, over };
}

const isIn = (text: string, character: string): boolean => text.normalize("NFC").includes(character);

/** The character itself, or its code where there is nothing to see of it. */
const characterWords = (character: string): string =>
  /^[\p{Z}\p{C}\p{M}]+$/u.test(character) ? `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}` : `“${character}”`;

export type Fact = readonly [name: string, words: string];

const ENCODING: Readonly<Record<SmsEncoding, string>> = { gsm7: "GSM-7", ucs2: "Unicode" };

/** How a message went out. */
export function sentFacts({ from, segments, encoding, carrier, cost }: SmsDelivery): readonly Fact[] {
  return [
    ["From", phoneWords(from)],
    ["Size", `${plural(segments, "segment")}, ${ENCODING[encoding]}`],
    ["Carrier", carrier],
    ...(cost === undefined ? [] : [["Cost", costWords(cost)] as const]),
  ];
}

/** How one came in. */
export function receivedFacts({ to, from, segments, missing = 0 }: SmsPart): readonly Fact[] {
  const lost = missing === 0 ? "" : `, of which ${missing} did not come`;
  return [...(from === undefined ? [] : [["From", phoneWords(from)] as const]), ["To", phoneWords(to)], ["Size", `${plural(segments, "segment")}${lost}`]];
}

/** Carriers ask for fractions of a cent, and for currencies that a browser may not know. */
function costWords({ micros, currency }: NonNullable<SmsDelivery["cost"]>): string {
  const style = /^[A-Z]{3}$/.test(currency) ? ({ style: "currency", currency } as const) : {};
  const amount = new Intl.NumberFormat("en", { ...style, minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(micros / 1_000_000);
  return "style" in style ? amount : `${amount} ${currency}`;
}
