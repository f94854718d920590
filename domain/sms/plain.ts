/** Signs that typing aids put where the keyboard has plainer ones, and what phones have for them. Letters are never among them. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, "-"],
  [/\u2026/g, "..."],
  [/[\u2022\u2023\u00b7]/g, "*"],
  [/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " "],
  // What cannot be seen; but not what joins emoji and letters.
  [/[\u200b\u2060\ufeff\u00ad]/g, ""],
];

/** The text with plain quotes, dashes, dots and spaces. One such sign makes a text of 160 characters one of 70. */
export const plainText = (text: string): string => PLAIN.reduce((plain, [signs, instead]) => plain.replace(signs, instead), text);
