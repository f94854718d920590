/** The national language tables of 3GPP TS 23.038, Annex A, of the languages whose networks use them. */
export type Language = "turkish" | "spanish" | "portuguese";

/** Which tables a text is in: `locking` instead of the default alphabet, `single` instead of its extension. */
export interface Shift {
  readonly locking?: Language;
  readonly single?: Language;
}

/** National language identifiers (6.2.1.2.4). */
export const LANGUAGE_IDS: Readonly<Record<Language, number>> = { turkish: 1, spanish: 2, portuguese: 3 };
export const LANGUAGES = Object.keys(LANGUAGE_IDS) as readonly Language[];

const ASCII = " !\"#¤%&'()*+,-./0123456789:;<=>?";
const [UPPER, LOWER] = ["ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"];

/** A.3: the character at each septet. Spanish has no such table. */
export const LOCKING: Readonly<Partial<Record<Language, string>>> = {
  turkish: `@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bŞşßÉ${ASCII}İ${UPPER}ÄÖÑÜ§ç${LOWER}äöñüà`,
  portuguese: `@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|\u001bÂâÊÉ${ASCII.replace("¤", "º")}Í${UPPER}ÃÕÚÜ§~${LOWER}ãõ\`üà`,
};

/** A.2: what an escape and a septet, written as the ASCII character of its number, stand for; beside what all extensions have. */
export const SINGLE: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  turkish: { G: "Ğ", I: "İ", S: "Ş", c: "ç", g: "ğ", i: "ı", s: "ş" },
  spanish: { "\t": "ç", A: "Á", I: "Í", O: "Ó", U: "Ú", a: "á", i: "í", o: "ó", u: "ú" },
  portuguese: {
    ...{ "\u0005": "ê", "\t": "ç", "\u000b": "Ô", "\f": "ô", "\u000e": "Á", "\u000f": "á", "\u0012": "Φ", "\u0013": "Γ", "\u0015": "Ω", "\u0016": "Π" },
    ...{ "\u0017": "Ψ", "\u0018": "Σ", "\u0019": "Θ", "\u001f": "Ê", A: "À", I: "Í", O: "Ó", U: "Ú", "[": "Ã", "\\": "Õ", a: "Â", i: "í", o: "ó", u: "ú" },
    ...{ "{": "ã", "|": "õ", "\u007f": "â" },
  },
};
