import type { Language } from "./national";
import { type JoiningHeader, type SmsSize, segmentsOf } from "./segments";

export interface Price {
  /** Millionths of the currency (ISO 4217). */
  readonly micros: number;
  readonly currency: string;
}

/** What decides how a text to one phone goes. The server has it of the carrier, and the screen of the server, so that both decide the same. */
export interface SmsTerms {
  readonly header: JoiningHeader;
  readonly languages: readonly Language[];
  /** Of one segment. */
  readonly price: Price;
  /** The most that one text may cost, millionths of the same currency. */
  readonly most?: number;
}

export interface SmsQuote extends SmsSize {
  readonly cost: Price;
  readonly refused?: "too-many-segments" | "too-expensive";
}

/** A text that costs as much as ten others is one nobody meant to send. */
export const MAX_SEGMENTS = 10;

/** How a text would go, what it would cost, and whether it would go at all. */
export function quoteOf(text: string, { header, languages, price, most = Number.POSITIVE_INFINITY }: SmsTerms): SmsQuote {
  const size = segmentsOf(text, header, languages);
  const cost = { micros: price.micros * size.segments, currency: price.currency };
  const refused = size.segments > MAX_SEGMENTS ? "too-many-segments" : cost.micros > most ? "too-expensive" : undefined;
  return { ...size, cost, ...(refused !== undefined && { refused }) };
}

/** How texts of one conversation go to one of its phones. */
export interface PhoneTerms {
  readonly phone: string;
  /** What stands before the text, so that the phone knows who writes. */
  readonly front: string;
  /** Missing when none go, and then `refused` says why, as the reason of a delivery. */
  readonly terms?: SmsTerms;
  readonly refused?: string;
}
