/**
 * Where quoted text begins when nothing but a sentence says so. The rules are ours and not email-reply-parser's own because those hold
 * unbounded repeats (50,000 line feeds take them 46 s) and take ordinary sentences for quotations. All repeats here are bounded.
 */

/** Lines one attribution may be wrapped into, and characters it may have. */
const WRAPPED = 3;
const LONGEST = 320;

const ADDRESS = "<[^<>\\s]{1,100}@[^<>\\s]{1,100}>";
const rule = (source: string): RegExp => new RegExp(`^${source}$`, "iu");

/** Sentences that name a writer and a time, per language; they end in a colon. */
const SENTENCES: readonly RegExp[] = [
  rule("-{0,5}\\s?On\\s.{1,250}\\swrote\\s?:\\s?-{0,5}"), // en
  rule(".{1,120}\\son\\s.{1,120}\\swrote\\s?:"),
  rule("Le\\s.{1,250}\\sécrit\\s?:"), // fr
  rule("El\\s.{1,250}\\sescribió\\s?:"), // es
  rule("Em\\s.{1,250}\\sescreveu\\s?:"), // pt
  rule("(?:Il|In data)\\s.{1,250}\\sscritto\\s?:"), // it
  rule("Am\\s.{1,250}\\sschrieb\\b.{0,150}:"), // de
  rule(".{1,150}\\sschrieb(?:\\sam\\s.{1,100})?\\s?:"),
  rule("Op\\s.{1,250}\\sschreef\\b.{0,150}:"), // nl
  rule("(?:Den|På)\\s.{1,250}\\sskrev\\b.{0,150}:"), // sv, da, no
  rule("(?:W dniu|Dnia)\\s.{1,250}\\s(?:pisze|napisał(?:\\(a\\)|a)?)\\s?:"), // pl
  rule(".{1,250}\\skirjoitti\\s?:"), // fi
  rule(".{1,250}[\\s,](?:пишет|пише|писал|писала|написал|написала|написал\\(а\\))\\s?:"), // ru, uk
  rule("(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье),\\s.{1,120}\\sот\\s.{1,150}:"),
  rule(".{0,150}\\d{4}\\s?年.{1,150}[写寫]道\\s?[:：]"), // zh
  rule("在.{1,200}[写寫]道\\s?[:：]"),
  rule(".{0,40}\\d{4}\\s?[年/.-].{1,200}(?:のメール|のメッセージ|さんは書きました|は書きました|が書きました)\\s?[:：]"), // ja
  rule(".{0,40}\\d{4}\\s?[년/.-].{1,200}작성\\s?[:：]"), // ko
  // A time, an address in angle brackets and a colon: Gmail in most other languages, and in ja, ru.
  rule(`.{0,150}\\d{1,2}[:.]\\d{2}.{0,150}${ADDRESS}\\s?[:：]`),
  rule(`.{0,40}\\d{4}\\s?年.{0,150}${ADDRESS}\\s?[:：]`),
];

/** Lines that stand between a reply and the whole earlier mail. */
const SEPARATORS: readonly RegExp[] = [
  rule("[-_\\s]{1,40}(?:Original Message|Original Appointment|Forwarded message|Begin forwarded message:?)[-_\\s]{0,40}"),
  rule("Begin forwarded message:"),
  rule("[-_\\s]{1,40}(?:Ursprüngliche Nachricht|Weitergeleitete Nachricht|Message d['’]origine|Message transféré|Mensaje original)[-_\\s]{1,40}"),
  rule("[-_\\s]{1,40}(?:Messaggio originale|Messaggio inoltrato|Mensagem original|Oorspronkelijk bericht|Oprindelig besked)[-_\\s]{1,40}"),
  rule("[-_\\s]{1,40}(?:Исходное сообщение|Пересылаемое сообщение|原始邮件|原始郵件|转发邮件|元のメッセージ|Original-Nachricht)[-_\\s]{1,40}"),
];

const FROM = /^\*?(?:From|Von|De|Da|Van|Fra|Från|Od|От|发件人|寄件者|差出人|보낸 사람)\*?\s?[:：]\*?\s?\S/iu;
const ALSO =
  /^\*?(?:Sent|Date|To|Subject|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|Enviado|Fecha|Para|Asunto|Inviato|Data|A|Oggetto|Verzonden|Aan|Отправлено|Дата|Кому|Тема|发送时间|日期|收件人|主题|送信日時|日時|宛先|件名|보낸 날짜|받는 사람)\*?\s?[:：]/iu;

/** How many lines from `at` on are the beginning of quoted text; 0 when it does not begin here. */
export function attributionAt(lines: readonly string[], at: number): number {
  const first = lines[at]?.trim() ?? "";
  if (first === "" || first.startsWith(">") || first.length > LONGEST) return 0;
  if (SEPARATORS.some((separator) => separator.test(first)) || isHeaderBlock(lines, at)) return 1;
  return sentenceAt(lines, at);
}

/** Outlook and Apple put the earlier mail's headers above it: a From line with two more of them close below. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!FROM.test(lines[at] ?? "")) return false;
  return lines.slice(at + 1, at + 6).filter((line) => ALSO.test(line)).length >= 2;
}

function sentenceAt(lines: readonly string[], at: number): number {
  for (let taken = 1; taken <= WRAPPED; taken++) {
    const line = lines[at + taken - 1]?.trim();
    if (!line || line.startsWith(">")) return 0;
    const joined = join(lines, at, taken);
    if (joined.length > LONGEST) return 0;
    if (!/[:：]\s?-{0,5}$/.test(line) || !isAttribution(joined)) continue;
    // Several rules begin with any words at all and would swallow the line above: the latest beginning is the right one.
    return taken > 1 && isAttribution(join(lines, at + 1, taken - 1)) ? 0 : taken;
  }
  return 0;
}

const join = (lines: readonly string[], at: number, count: number): string =>
  lines
    .slice(at, at + count)
    .map((line) => line.trim())
    .join(" ");

/** Every real attribution holds a number or an address; without either "I wrote:" is somebody's own sentence. */
const isAttribution = (line: string): boolean => (/\d/.test(line) || /[<[(][^\s<>]{1,100}@/.test(line)) && SENTENCES.some((sentence) => sentence.test(line));

/** Lines that telephones and programs put under a mail. */
export const SIGNATURES: readonly RegExp[] = [
  /^-- $/, // RFC 3676 4.3
  rule("Sent from my .{1,60}"),
  rule("Sent from (?:Outlook|Mail|Yahoo|Proton|Samsung|Gmail|Thunderbird)\\b.{0,60}"),
  rule("Get Outlook for .{1,60}"),
  rule("Von meinem .{1,60} gesendet"),
  rule("Gesendet (?:von (?:meinem|Mail|Outlook|Yahoo)|mit der)\\b.{0,60}"),
  rule("Envoyé (?:de(?:puis)? m(?:on|a)|à partir de) .{1,60}"),
  rule("Enviado (?:desde mi|desde Outlook|do meu) .{0,60}"),
  rule("Inviato (?:dal mio|da Outlook|da iPhone|da iPad)\\b.{0,60}"),
  rule("(?:Verstuurd|Verzonden) vanaf .{1,60}"),
  rule("Отправлено (?:с|из) .{1,60}"),
  rule("发自我的\\s?.{1,40}"),
  rule("(?:從我的|傳送自)\\s?.{1,40}"),
  rule(".{0,20}(?:iPhone|iPad|Android|Galaxy|Xperia).{0,20}から送信"),
  rule("나의 .{1,30}에서 보냄"),
];
