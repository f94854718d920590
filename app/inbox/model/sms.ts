import type { Message, SmsDelivery, SmsPart } from "@/domain/message";
import { phoneWords } from "@/domain/phone";
import { plainText } from "@/domain/sms/plain";
import { type SmsEncoding, WIDE_HEADER } from "@/domain/sms/segments";
import { MAX_SEGMENTS, type PhoneTerms, type Price, quoteOf, type SmsQuote, type SmsTerms } from "@/domain/sms/terms";
import type { Thread } from "@/domain/thread";
import { failureWords } from "./reasons";
import { plural } from "./words";

/** What is only wanted where there is a phone. The tables behind it are large: import it lazily. */

/** What stands before a text on the phones, so that they know who writes: in a group always, with two until the first text has gone. */
export function frontOf(thread: Pick<Thread, "kind">, messages: readonly Pick<Message, "sms" | "delivery">[], name: string): string {
  const known = thread.kind === "direct" && messages.some(({ sms, delivery }) => sms ?? Object.values(delivery ?? {}).some((one) => one.sms));
  return known ? "" : `${name}: `;
}

export interface SmsSizeWords {
  readonly words: string;
  /** It would not be sent so. */
  readonly over: boolean;
  /** The same with plain quotes and dashes, where that takes fewer segments. */
  readonly plain?: { readonly text: string; readonly segments: number };
}

interface Quoted {
  readonly to: PhoneTerms;
  readonly quote?: SmsQuote;
}

/** Before the server has said how texts go there: as most carriers cut them, at a price nobody knows. */
const UNKNOWN: SmsTerms = { header: WIDE_HEADER, languages: [], price: { micros: 0, currency: "" } };
export const unknownTerms = (phones: readonly string[], front: string): readonly PhoneTerms[] => phones.map((phone) => ({ phone, front, terms: UNKNOWN }));

/**
 * What a text takes as SMS, where that is worth a word: more than one segment, Unicode, of which less than half fits into one, and what it
 * costs. The server decides by the same code.
 */
export function smsSizeWords(text: string, phones: readonly PhoneTerms[], locale?: string): SmsSizeWords | undefined {
  if (text === "" || phones.length === 0) return undefined;
  const all = phones.map((to): Quoted => (to.terms ? { to, quote: quoteOf(to.front + text, to.terms) } : { to }));
  const parts = [...sizeParts(text, all), ...costParts(all, locale), ...refusalParts(all, locale)];
  const plain = plainer(text, phones, all);
  const over = all.some(({ to, quote }) => (quote ?? to).refused !== undefined);
  return parts.length === 0 ? undefined : { words: parts.join(", "), over, ...(plain && { plain }) };
}

function sizeParts(text: string, all: readonly Quoted[]): string[] {
  const segments = mostSegments(all);
  const because = all.find(({ quote }) => quote?.because !== undefined)?.quote?.because;
  return [
    ...(segments > 1 ? [plural(segments, "segment")] : []),
    ...(because === undefined ? [] : [`Unicode because of ${characterWords(because)}${isIn(text, because) ? "" : " in your name"}`]),
  ];
}

const mostSegments = (all: readonly Quoted[]): number => Math.max(0, ...all.map(({ quote }) => quote?.segments ?? 0));

/** To all phones together. */
function costParts(all: readonly Quoted[], locale: string | undefined): string[] {
  const sums = new Map<string, number>();
  for (const { quote } of all) if (quote) sums.set(quote.cost.currency, (sums.get(quote.cost.currency) ?? 0) + quote.cost.micros);
  const costs = [...sums].filter(([, micros]) => micros > 0).map(([currency, micros]) => costWords({ micros, currency }, locale));
  return costs.length === 0 ? [] : [costs.join(" and ")];
}

function refusalParts(all: readonly Quoted[], locale: string | undefined): string[] {
  const found = all.find(({ to, quote }) => (quote ?? to).refused !== undefined);
  if (found === undefined) return [];
  const { to, quote } = found;
  const { terms } = to;
  if (quote?.refused === "too-many-segments") return [`and at most ${MAX_SEGMENTS} are sent`];
  if (quote?.refused === "too-expensive" && terms?.most !== undefined)
    return [`and one may cost at most ${costWords({ micros: terms.most, currency: terms.price.currency }, locale)}`];
  const name = all.length > 1 ? ` to ${phoneWords(to.phone)}` : "";
  return [`which is not sent${name}: ${failureWords({ reason: to.refused ?? "", channel: "sms" }).replace(/\.$/, "")}`];
}

function plainer(text: string, phones: readonly PhoneTerms[], all: readonly Quoted[]): SmsSizeWords["plain"] {
  const plain = plainText(text);
  if (plain === text) return undefined;
  const segments = mostSegments(phones.map((to): Quoted => (to.terms ? { to, quote: quoteOf(to.front + plain, to.terms) } : { to })));
  return segments < mostSegments(all) ? { text: plain, segments } : undefined;
}

const isIn = (text: string, character: string): boolean => text.normalize("NFC").includes(character);

/** The character itself, or its code where there is nothing to see of it. A quotation mark between two is a riddle. */
const characterWords = (character: string): string =>
  /^[\p{Pi}\p{Pf}\p{Ps}]$/u.test(character)
    ? `the sign ${character}`
    : /^[\p{Z}\p{C}\p{M}]+$/u.test(character)
      ? `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`
      : `“${character}”`;

export type Fact = readonly [name: string, words: string];

const ENCODING: Readonly<Record<SmsEncoding, string>> = { gsm7: "GSM-7", ucs2: "Unicode" };

/** How a message went out. `number`: how a number is written. */
export function sentFacts({ from, segments, encoding, carrier, cost }: SmsDelivery, number: (phone: string) => string, locale?: string): readonly Fact[] {
  return [
    ["From", number(from)],
    ["Size", `${plural(segments, "segment")}, ${ENCODING[encoding]}`],
    ["Carrier", carrier],
    ...(cost === undefined ? [] : [["Cost", costWords(cost, locale)] as const]),
  ];
}

/** How one came in. */
export function receivedFacts({ to, from, segments, missing = 0 }: SmsPart, number: (phone: string) => string): readonly Fact[] {
  const lost = missing === 0 ? "" : `, of which ${missing} did not come`;
  return [...(from === undefined ? [] : [["From", number(from)] as const]), ["To", number(to)], ["Size", `${plural(segments, "segment")}${lost}`]];
}

/** Carriers ask for fractions of a cent, and for currencies that a browser may not know. In the reader's way of writing money. */
function costWords({ micros, currency }: Price, locale?: string): string {
  const style = /^[A-Z]{3}$/.test(currency) ? ({ style: "currency", currency } as const) : {};
  const amount = new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(micros / 1_000_000);
  return "style" in style ? amount : `${amount} ${currency}`;
}
