/** Country codes of one and two digits (ITU-T E.164, list of assigned codes); all others have three. */
const NUMBER = /^\+([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d{4,})$/;

/** A number in E.164 in groups that can be read: country, then threes, then the rest. How each country does it fills a library. Else the text itself. */
export function phoneWords(text: string): string {
  const [, country, rest] = NUMBER.exec(text) ?? [];
  return rest === undefined ? text : `+${country} ${rest.match(/\d{3}(?=\d\d)|\d+/g)?.join(" ")}`;
}

/**
 * Countries in which one phone has two numbers, because a digit came or went and networks still write either: the longer form, and what of it
 * stays in the shorter. Mexico dropped the 1 of mobiles in 2019 (IFT); Brazil put a 9 before mobiles, whose old numbers began with 6 to 9, from
 * 2012 to 2016 (Anatel); Argentina has a 9 before mobiles from abroad only (ENACOM), and no line at home has the number that is left.
 */
const LONGER: readonly (readonly [longer: RegExp, shorter: string])[] = [
  [/^\+521(\d{10})$/, "+52$1"],
  [/^\+55([1-9]\d)9([6-9]\d{7})$/, "+55$1$2"],
  [/^\+549(\d{10})$/, "+54$1"],
];
const SHORTER: readonly (readonly [shorter: RegExp, longer: string])[] = [
  [/^\+52(\d{10})$/, "+521$1"],
  [/^\+55([1-9]\d)([6-9]\d{7})$/, "+55$19$2"],
  [/^\+54(\d{10})$/, "+549$1"],
];
const rewritten = (number: string, rules: typeof LONGER): string | undefined => {
  const rule = rules.find(([form]) => form.test(number));
  return rule && number.replace(...rule);
};

/**
 * What two numbers of one phone have in common, E.164 in and out; anything else is its own. For comparing and finding only: what is dialled is
 * what was given. A zero behind the country, as in Italy, is a digit like any other.
 */
export const phoneKey = (number: string): string => rewritten(number, LONGER) ?? number;

/** All numbers of the same phone, the key first: under which of them something was kept before there were keys, nobody knows. */
export function phoneForms(number: string): readonly [key: string, ...others: string[]] {
  const key = phoneKey(number);
  const other = rewritten(key, SHORTER);
  return other === undefined ? [key] : [key, other];
}

export const samePhone = (a: string, b: string): boolean => phoneKey(a) === phoneKey(b);

/** The country code of a number in E.164, with its plus; the number itself when its code is not known. */
export function countryCodeOf(number: string): string {
  const code = NUMBER.exec(number)?.[1];
  return code === undefined ? number : `+${code}`;
}
