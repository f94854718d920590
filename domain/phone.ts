/** Country codes of one and two digits (ITU-T E.164, list of assigned codes); all others have three. */
const NUMBER = /^\+([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d{4,})$/;

/** A number in E.164 in groups that can be read: country, then threes, then the rest. How each country does it fills a library. Else the text itself. */
export function phoneWords(text: string): string {
  const [, country, rest] = NUMBER.exec(text) ?? [];
  return rest === undefined ? text : `+${country} ${rest.match(/\d{3}(?=\d\d)|\d+/g)?.join(" ")}`;
}

/**
 * What numbers are compared by: the same for all numbers that ring one phone, where a country has several ways to write it. What somebody
 * typed is kept as it is. Today every number stands for itself.
 */
export const phoneKey = (number: string): string => number;
