import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { bareNumber, isPhone, normalPhone } from "@/domain/address";
import { phoneForms, phoneKey } from "@/domain/phone";
import { Lru } from "@/server/platform/lru";

/** What the numbering plans of the world say of a number. They change every month, so what they do not know may exist all the same. */
export interface NumberFacts {
  /** ISO 3166-1 alpha-2. Where several share a code and nothing tells, the largest; none for satellites and the like. */
  readonly country?: string;
  /** Whoever calls or texts it pays somebody for that. */
  readonly premium: boolean;
  /** It has as many digits as numbers there have. */
  readonly possible: boolean;
  /** As people write it for the whole world: +44 7700 900123. */
  readonly words: string;
}

const REMEMBERED = 20_000;
const known = new Lru<string, NumberFacts>(REMEMBERED);
const PREMIUM: readonly (string | undefined)[] = ["PREMIUM_RATE", "SHARED_COST"];

/** Of a number in E.164. Looking it up takes a tenth of a millisecond, so what was asked is remembered. */
export function numberFacts(number: string): NumberFacts {
  const facts = known.get(number) ?? lookUp(number);
  known.set(number, facts);
  return facts;
}

function lookUp(number: string): NumberFacts {
  const [key, ...others] = phoneForms(number).map((form) => parsePhoneNumberFromString(form, { extract: false }));
  const country = key?.country ?? key?.getPossibleCountries()?.[0];
  return {
    premium: PREMIUM.includes(key?.getType()),
    // Of two numbers of one phone the plans know one only.
    possible: [key, ...others].some((form) => form?.isPossible()),
    words: wordsOf(number, key?.formatInternational()),
    ...(country !== undefined && { country }),
  };
}

/** The plans no longer know the 1 of mobiles in Mexico, so they would leave the rest of such a number in one piece. */
function wordsOf(number: string, ofKey: string | undefined): string {
  if (number === phoneKey(number)) return ofKey ?? number;
  if (number.startsWith("+521")) return ofKey?.replace("+52 ", "+52 1 ") ?? number;
  return parsePhoneNumberFromString(number, { extract: false })?.formatInternational() ?? number;
}

export const isCountry = (text: string): text is CountryCode => isSupportedCountry(text);

/**
 * A number as somebody types it, as E.164: with its country code anywhere, without one as it is dialled in `country` (ISO 3166-1 alpha-2).
 * Undefined when it is none, and when no number there has so many digits.
 */
export function typedNumber(text: string, country?: string): string | undefined {
  const number = normalPhone(text) ?? dialled(text, country);
  return number !== undefined && numberFacts(number).possible ? number : undefined;
}

/** What a handle or a name could be is no number: somebody in an office may well be called 007. */
const LEAST_DIGITS = 6;

function dialled(text: string, country: string | undefined): string | undefined {
  const bare = bareNumber(text);
  if (country === undefined || !isCountry(country) || !/^\p{Nd}+$/u.test(bare) || bare.length < LEAST_DIGITS) return undefined;
  const number = parsePhoneNumberFromString(bare, { defaultCountry: country, extract: false })?.number;
  return number !== undefined && isPhone(number) ? number : undefined;
}
