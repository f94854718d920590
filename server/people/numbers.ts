import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { Lru } from "@/server/platform/lru";

/** What the numbering plans of the world say of a number. They change every month, so what they do not know may exist all the same. */
export interface NumberFacts {
  /** ISO 3166-1 alpha-2. Where several share a code and nothing tells, the largest; none for satellites and the like. */
  readonly country?: string;
  /** Whoever calls or texts it pays somebody for that. */
  readonly premium: boolean;
  /** It has as many digits as numbers there have. */
  readonly possible: boolean;
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
  const found = parsePhoneNumberFromString(number, { extract: false });
  const country = found?.country ?? found?.getPossibleCountries()?.[0];
  return { premium: PREMIUM.includes(found?.getType()), possible: found?.isPossible() ?? false, ...(country !== undefined && { country }) };
}
