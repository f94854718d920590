/** What a whole text of one word asks for (CTIA Messaging Principles 5.1.3, and what carriers elsewhere require): in any case, with or without a full stop. */
export type Keyword = "stop" | "start" | "help";

const WORDS: Readonly<Record<Keyword, readonly string[]>> = {
  stop: [
    ...["stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "optout", "opt-out", "opt out", "revoke"],
    ...["arret", "arrêt", "stopp", "abmelden", "baja", "alto", "parar", "pare", "sair", "cancelar", "annulla", "afmelden"],
    ...["стоп", "отписаться", "停止", "退订", "退訂", "수신거부", "توقف", "إلغاء", "dur", "iptal"],
  ],
  start: ["start", "unstop", "resume", "yes", "reprendre", "iniciar", "alta", "anfang", "старт", "开始", "開始", "시작", "ابدأ", "başla"],
  help: ["help", "info", "aide", "hilfe", "ayuda", "ajuda", "aiuto", "hulp", "hjälp", "помощь", "帮助", "幫助", "도움말", "مساعدة", "yardım"],
};
const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  (Object.entries(WORDS) as [Keyword, readonly string[]][]).flatMap(([keyword, words]) => words.map((word) => [word, keyword] as const)),
);
const MAX = 24;

export function keywordOf(text: string): Keyword | undefined {
  if (text.length > MAX) return undefined;
  return KEYWORDS.get(
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/[.!?。！¡¿"'“”]/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  );
}
