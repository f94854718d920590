import type { Language } from "@/domain/sms/national";
import type { JoiningHeader, SmsEncoding } from "@/domain/sms/segments";
import type { Price, SmsTerms } from "@/domain/sms/terms";
import { numberFacts } from "@/server/people/numbers";
import type { Taken } from "./incoming-rows";
import { isCovered } from "./ranges";
import { type SenderRule, type Senders, sendersTo } from "./senders";
import type { Receipt } from "./wire/receipt";

/** A text on its way to a phone, whole: a carrier that wants it in segments cuts it. Numbers are E.164. */
export interface Sms {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Joins its segments on the phone, 16 bits; the same whenever it is handed over. */
  readonly reference: number;
  /** Pieces the carrier has already, the first being 0. They are not handed over again. */
  readonly skip: ReadonlySet<number>;
  /** As in `Cut`. */
  readonly language?: Language;
  /** Makes it durable that the carrier took a piece, while others are still under way; late when it was given up on before. */
  readonly took: (piece: number, id: string, isLate?: true) => Promise<void>;
}

/** How a text would go by a carrier. */
export interface Cut {
  readonly segments: number;
  readonly encoding: SmsEncoding;
  /** What the carrier takes, and sends receipts of, one by one: its segments, or 1 when the carrier cuts texts itself. */
  readonly pieces: number;
  /** Whose national tables it is written in. */
  readonly language?: Language;
}

export interface Handed {
  /** Why it did not take all: `Refused`, or a fault of ours. */
  readonly failures: readonly unknown[];
}

/** A network that carries texts for us. */
export interface Carrier {
  readonly name: string;
  /** Ours there, E.164. At least one. */
  readonly numbers: readonly string[];
  /** What it carries and what it asks for a segment: the longest beginning of a number that is listed counts. */
  readonly prices: ReadonlyMap<string, Price>;
  /** The most that one text may cost, millionths of the currency. */
  readonly most?: number | undefined;
  readonly rules?: readonly SenderRule[] | undefined;
  /** What joining takes of each segment, and whose national tables it takes: by these it cuts. */
  readonly header: JoiningHeader;
  readonly languages?: readonly Language[] | undefined;
  /** Whether it would take anything now. */
  readonly isUp: boolean;
  cut(text: string): Cut;
  /** Resolves when the carrier has said of each piece whether it takes it; never rejects. */
  submit(sms: Sms): Promise<Handed>;
}

/** A carrier as whoever runs it sees it. */
export interface Network extends Carrier {
  /** What is wrong with it, in a sentence. */
  readonly trouble: string | undefined;
  start(): void;
  close(): Promise<void>;
}

/** Where a network brings what comes from it. These resolve when it is durable; only then the carrier hears that we have it. */
export interface Inward {
  readonly text: (sms: Taken, session: string) => Promise<void>;
  readonly receipt: (carrier: string, receipt: Receipt, phones: readonly string[]) => Promise<void>;
  readonly ignored: (carrier: string, why: string) => void;
}

/** A way to a phone: by which carrier, at which price of a segment, and what the text comes from there. */
export interface Path extends Senders {
  readonly carrier: Carrier;
  readonly price: Price;
}

/** Why nothing goes to a phone, as stable words. */
export type NoPath = "no-way-to-reach" | "premium-number" | "range-not-allowed" | "country-not-allowed";

/** The carriers that reach a number, the ones that work first, then the cheapest. */
export const carriersFor = (carriers: readonly Carrier[], phone: string): Path[] =>
  carriers
    .map((carrier) => pathBy(carrier, phone))
    .filter((path) => typeof path !== "string")
    .sort((a, b) => Number(b.carrier.isUp) - Number(a.carrier.isUp) || a.price.micros - b.price.micros);

/** Why there is none; of several reasons the one that is said of this phone. */
export function whyNone(carriers: readonly Carrier[], phone: string): NoPath {
  const reasons = carriers.map((carrier) => pathBy(carrier, phone)).filter((path) => typeof path === "string");
  return reasons.find((reason) => reason !== "no-way-to-reach") ?? "no-way-to-reach";
}

export const termsOf = ({ carrier, price }: Pick<Path, "carrier" | "price">): SmsTerms => ({
  ...{ header: carrier.header, languages: carrier.languages ?? [], price },
  ...(carrier.most !== undefined && { most: carrier.most }),
});

function pathBy(carrier: Carrier, phone: string): Path | NoPath {
  const listed = priceOf(carrier, phone);
  // These first: they hold for answers too, which go to whoever writes, whether their country has a price or not.
  if (numberFacts(phone).premium) return "premium-number";
  if (!isCovered(phone, listed?.beginning ?? "")) return "range-not-allowed";
  if (listed === undefined) return "no-way-to-reach";
  const senders = sendersTo(phone, carrier.numbers, carrier.rules ?? []);
  return senders === undefined ? "country-not-allowed" : { carrier, price: listed.price, ...senders };
}

/** What it asks for a segment to that number, whether or not it may go there. */
export const priceTo = (carrier: Carrier, phone: string): Price | undefined => priceOf(carrier, phone)?.price;

function priceOf({ prices }: Carrier, phone: string): { price: Price; beginning: string } | undefined {
  for (let length = phone.length; length > 0; length--) {
    const beginning = phone.slice(0, length);
    const price = prices.get(beginning);
    if (price !== undefined) return { price, beginning };
  }
  return undefined;
}
