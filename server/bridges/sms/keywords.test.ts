import { expect, test } from "vitest";
import { segmentsOf } from "@/domain/sms/segments";
import { keywordOf, type Language, languageOf } from "./keywords";
import { replyTo } from "./replies";

const US = "+12025550143";

test.each([
  ...["STOP", "stopall", "STOP ALL", "UNSUBSCRIBE", "Cancel", "END", "quit", "REVOKE", "OPT-OUT", "opt out", " Stop. ", "¡STOP!", "“stop”"].map((text) => [
    text,
    "stop",
    "en",
  ]),
  ...["ALTO", "baja"].map((text) => [text, "stop", "es"]),
  ...["Arrêt.", "ARRET", "désabonner"].map((text) => [text, "stop", "fr"]),
  ...["Abmelden", "STOPP"].map((text) => [text, "stop", "de"]),
  ...["SAIR", "pare"].map((text) => [text, "stop", "pt"]),
  ...[
    ["Annulla", "it"],
    ["afmelden", "nl"],
    ["REZYGNUJĘ", "pl"],
    ["rezygnuje", "pl"],
    ["İPTAL", "tr"],
    ["iptal", "tr"],
    ["DUR", "tr"],
  ].map(([text, language]) => [text, "stop", language]),
  ...[
    ["avsluta", "sv"],
    ["Afmeld", "da"],
    ["avmeld", "nb"],
    ["Стоп", "ru"],
    ["配信停止", "ja"],
    ["退訂", "zh"],
    ["수신거부", "ko"],
    ["إلغاء", "ar"],
  ].map(([text, language]) => [text, "stop", language]),
  ...[
    ["START", "en"],
    ["unstop", "en"],
    ["reprendre", "fr"],
    ["Başla", "tr"],
    ["BASLA", "tr"],
    ["começar", "pt"],
    ["開始", "ja"],
  ].map(([text, language]) => [text, "start", language]),
  ...[
    ["HELP", "en"],
    ["info", "en"],
    ["Aide", "fr"],
    ["AYUDA", "es"],
    ["yardim", "tr"],
    ["YARDIM", "tr"],
    ["hjælp", "da"],
  ].map(([text, language]) => [text, "help", language]),
] as [string, string, Language][])("%j asks for %s, in %s", (text, keyword, language) => {
  expect(keywordOf(text)).toBe(keyword);
  expect(languageOf(text, US)).toBe(language);
});

test("a word of two languages is of the one that is spoken where the phone is", () => {
  expect([languageOf("parar", US), languageOf("parar", "+34600000000"), languageOf("parar", "+5511912345678")]).toEqual(["es", "es", "pt"]);
});

test.each(["", "stop it", "please stop", "fine", "ok", "no", "basta", "the end", "stop".repeat(10), "cancel my room"])("%j is for somebody", (text) => {
  expect(keywordOf(text)).toBeUndefined();
});

test("each answer says who we are, how to end or begin again, and fits into three segments", () => {
  const who = "Braid (messages.example.org)";
  for (const language of ["en", "es", "pt", "fr", "de", "it", "nl", "pl", "tr", "sv", "da", "nb", "ru", "ja", "zh", "ko", "ar"] as const)
    for (const keyword of ["stop", "start", "help"] as const) {
      const text = replyTo(keyword, language, who);
      expect(text).toContain(who);
      expect(text).toContain(keyword === "stop" ? "START" : "STOP");
      expect(segmentsOf(text).segments, text).toBeLessThanOrEqual(3);
    }
});
