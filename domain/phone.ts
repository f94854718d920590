import { isPhone } from "./address";

/** What stands between the digits where people write numbers: spaces, brackets, any dash, and the marks that come along when one is copied. */
const BETWEEN = /\(0\)|[\s()./\p{Pd}\p{Cf}]/gu;

/**
 * A number as a person types it, in E.164, or undefined when it is none. It has to be international, with + or 00 in front: without a
 * country nobody knows which network is meant. The zero in "+44 (0)20" is only dialled inside the country.
 */
export function typedPhone(text: string): string | undefined {
  const number = text.replace(BETWEEN, "").replace(/^00/, "+");
  return isPhone(number) ? number : undefined;
}

/** Country codes of one and two digits (ITU-T E.164, list of assigned codes); all others have three. */
const NUMBER = /^\+([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d{4,})$/;

/** A number in E.164 in groups that can be read: country, then threes, then the rest. How each country does it fills a library. Else the text itself. */
export function phoneWords(text: string): string {
  const [, country, rest] = NUMBER.exec(text) ?? [];
  return rest === undefined ? text : `+${country} ${rest.match(/\d{3}(?=\d\d)|\d+/g)?.join(" ")}`;
}
