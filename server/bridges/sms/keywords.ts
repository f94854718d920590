/** What a whole text of one word asks for. */
export type Keyword = "stop" | "start" | "help";
export type Language = "en" | "es" | "pt" | "fr" | "de" | "it" | "nl" | "pl" | "tr" | "sv" | "da" | "nb" | "ru" | "ja" | "zh" | "ko" | "ar";

/**
 * Those of CTIA (Messaging Principles 5.1.3), of the FCC's rule on revoking (47 CFR 64.1200(a)(10)) and of Twilio's list, then what carriers elsewhere
 * take. No word is here that people answer one another with, but where it is the carriers' own.
 */
const WORDS: Readonly<Record<Language, Readonly<Record<Keyword, readonly string[]>>>> = {
  en: {
    stop: ["stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "optout", "opt-out", "opt out", "revoke"],
    start: ["start", "unstop", "resume", "yes", "optin", "opt in"],
    help: ["help", "info"],
  },
  es: { stop: ["alto", "baja", "cancelar", "parar", "detener"], start: ["iniciar", "alta", "comenzar"], help: ["ayuda"] },
  pt: { stop: ["pare", "sair", "parar", "cancelar", "descadastrar"], start: ["iniciar", "começar", "voltar"], help: ["ajuda"] },
  fr: { stop: ["arrêt", "arrêter", "désabonner", "désinscrire", "annuler"], start: ["reprendre", "début"], help: ["aide"] },
  de: { stop: ["stopp", "abmelden", "abbestellen", "ende"], start: ["anmelden", "anfang", "starten"], help: ["hilfe"] },
  it: { stop: ["annulla", "ferma", "disiscrivi", "cancella"], start: ["inizia", "riprendi", "avvia"], help: ["aiuto"] },
  nl: { stop: ["afmelden", "stoppen", "uitschrijven"], start: ["aanmelden", "hervatten", "starten"], help: ["hulp"] },
  pl: { stop: ["koniec", "wypisz", "rezygnuję", "anuluj"], start: ["wznów", "zapisz"], help: ["pomoc"] },
  tr: { stop: ["dur", "durdur", "iptal", "ret"], start: ["başla", "başlat"], help: ["yardım"] },
  sv: { stop: ["stoppa", "avsluta", "avregistrera"], start: ["starta", "börja"], help: ["hjälp"] },
  da: { stop: ["afmeld", "frameld"], start: ["tilmeld", "begynd"], help: ["hjælp"] },
  nb: { stop: ["stans", "avmeld", "avslutt"], start: ["påmeld", "begynn"], help: ["hjelp"] },
  ru: { stop: ["стоп", "отписаться", "отписка", "отмена"], start: ["старт", "возобновить"], help: ["помощь"] },
  ja: { stop: ["停止", "配信停止", "ストップ"], start: ["開始", "再開"], help: ["ヘルプ"] },
  zh: { stop: ["退订", "退訂", "取消"], start: ["开始", "恢复", "恢復"], help: ["帮助", "幫助"] },
  ko: { stop: ["수신거부", "중지", "정지"], start: ["시작", "수신동의"], help: ["도움말"] },
  ar: { stop: ["توقف", "إلغاء", "إيقاف"], start: ["ابدأ", "استئناف"], help: ["مساعدة"] },
};
/** Where a word is of two languages, the phone tells which. */
const SPOKEN: Partial<Readonly<Record<Language, RegExp>>> = { pt: /^\+(55|351|244|258)/, nl: /^\+(31|32|597)/, nb: /^\+47/ };
const MAX = 24;

interface Meaning {
  readonly keyword: Keyword;
  readonly languages: readonly Language[];
}

const MEANINGS = new Map<string, Meaning>();
for (const [language, words] of Object.entries(WORDS) as [Language, Record<Keyword, readonly string[]>][])
  for (const [keyword, forms] of Object.entries(words) as [Keyword, readonly string[]][])
    for (const form of forms) MEANINGS.set(folded(form), { keyword, languages: [...(MEANINGS.get(folded(form))?.languages ?? []), language] });

/** In any case, with or without accents and full stops. */
export const keywordOf = (text: string): Keyword | undefined => meaningOf(text)?.keyword;

/** The language of such a word, or English. */
export function languageOf(text: string, phone: string): Language {
  const languages = meaningOf(text)?.languages ?? [];
  return languages.find((language) => SPOKEN[language]?.test(phone)) ?? languages[0] ?? "en";
}

const meaningOf = (text: string): Meaning | undefined => (text.length > MAX ? undefined : MEANINGS.get(folded(text)));

function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ı/g, "i")
    .replace(/[.!?。！¡¿"'“”*]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
