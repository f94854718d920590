import type { Language } from "@/domain/sms/national";
import type { SmsEncoding } from "@/domain/sms/segments";
import type { Taken } from "./incoming-rows";
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
  /** The carrier's own ids of the pieces it took. */
  readonly ids: ReadonlyMap<number, string>;
  /** Why it did not take the others: `Refused`, or a fault of ours. */
  readonly failures: readonly unknown[];
}

export interface Price {
  /** Of one segment, millionths of the currency (ISO 4217). */
  readonly micros: number;
  readonly currency: string;
}

/** A network that carries texts for us. */
export interface Carrier {
  readonly name: string;
  /** Ours there, E.164. At least one. */
  readonly numbers: readonly string[];
  /** What it carries and what it asks for: the longest beginning of a number that is listed counts. */
  readonly prices: ReadonlyMap<string, Price>;
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
  readonly receipt: (carrier: string, receipt: Receipt, phone: string) => Promise<void>;
  readonly ignored: (carrier: string, why: string) => void;
}

/** The carriers that reach a number, the ones that work first, then the cheapest. */
export function carriersFor(carriers: readonly Carrier[], phone: string): { carrier: Carrier; price: Price }[] {
  const able = carriers.flatMap((carrier) => {
    const price = priceOf(carrier, phone);
    return price === undefined ? [] : [{ carrier, price }];
  });
  return able.sort((a, b) => Number(b.carrier.isUp) - Number(a.carrier.isUp) || a.price.micros - b.price.micros);
}

function priceOf({ prices }: Carrier, phone: string): Price | undefined {
  for (let length = phone.length; length > 0; length--) {
    const price = prices.get(phone.slice(0, length));
    if (price !== undefined) return price;
  }
  return undefined;
}
