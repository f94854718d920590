import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitReply } from "./reply";

const OLD = "> old\n> older";

describe("attribution lines", () => {
  test.each([
    ["en", "On Mon, Jun 3, 2024 at 10:00 AM Ann Example <ann@example.com> wrote:"],
    ["en, wrapped", "On Mon, Jun 3, 2024 at 10:00 AM Ann Example\n<ann@example.com> wrote:"],
    ["en, wrapped twice", "On Monday, June 3, 2024 at 10:00:00 AM\nGMT+2, Ann Example\n<ann@example.com> wrote:"],
    ["en, name first", "Ann Example <ann@example.com> on Monday, 3 June 2024 wrote:"],
    ["fr", "Le lun. 3 juin 2024 à 10:00, Ann Example <ann@example.com> a écrit :"],
    ["es", "El lun, 3 jun 2024 a las 10:00, Ann (<ann@example.com>) escribió:"],
    ["it", "Il giorno lun 3 giu 2024 alle ore 10:00 Ann <ann@example.com> ha scritto:"],
    ["it 2", "In data lunedì 3 giugno 2024 10:00:00 CEST, Ann ha scritto:"],
    ["pt", "Em seg., 3 de jun. de 2024 às 10:00, Ann <ann@example.com> escreveu:"],
    ["de", "Am Mo., 3. Juni 2024 um 10:00 Uhr schrieb Ann <ann@example.com>:"],
    ["de, wrapped", "Am Mo., 3. Juni 2024 um 10:00 Uhr schrieb Ann Example\n<ann@example.com>:"],
    ["de, name first", "Ann Example <ann@example.com> schrieb am 03.06.2024 um 10:00:"],
    ["nl", "Op ma 3 jun 2024 om 10:00 schreef Ann <ann@example.com>:"],
    ["sv", "Den mån 3 juni 2024 kl 10:00 skrev Ann <ann@example.com>:"],
    ["pl", "W dniu 03.06.2024 o 10:00, Ann Example pisze:"],
    ["fi", "ma 3. kesäk. 2024 klo 10.00 Ann (ann@example.com) kirjoitti:"],
    ["ru, Gmail", "пн, 3 июн. 2024 г. в 10:00, Анна <ann@example.com>:"],
    ["ru, Apple", "3 июня 2024 г., в 10:00, Анна <ann@example.com> написал(а):"],
    ["ru, mail.ru", "Понедельник, 3 июня 2024, 10:00 +03:00 от Анна Пример <ann@example.com>:"],
    ["ru, Thunderbird", "03.06.2024 10:00, Анна пишет:"],
    ["zh, Apple", "在 2024年6月3日，10:00，张三 <zhang@example.com> 写道："],
    ["zh, Gmail", "张三 <zhang@example.com> 于2024年6月3日周一 10:00写道："],
    ["zh-TW", "張三 <zhang@example.com> 於 2024年6月3日 週一 上午10:00寫道："],
    ["ja, Gmail", "2024年6月3日(月) 10:00 山田太郎 <taro@example.com>:"],
    ["ja, Apple", "2024/06/03 10:00、山田太郎 <taro@example.com>のメール:"],
    ["ja, written", "2024年6月3日 10:00 山田太郎さんは書きました:"],
    ["ko", "2024년 6월 3일 (월) 오전 10:00, 홍길동 <hong@example.com>님이 작성:"],
    ["tr, by its shape", "Ann <ann@example.com>, 3 Haz 2024 Pzt, 10:00 tarihinde şunu yazdı <ann@example.com>:"],
    ["original message", "-----Original Message-----"],
    ["Original Nachricht", "-------- Ursprüngliche Nachricht --------"],
    ["QQ", "------------------ 原始邮件 ------------------"],
    ["Outlook", "From: Ann Example\nSent: Monday, 3 June 2024 10:00\nTo: Bob\nSubject: Hi"],
    ["Outlook de", "Von: Ann Example\nGesendet: Montag, 3. Juni 2024 10:00\nAn: Bob\nBetreff: Hi"],
    ["Outlook zh", "发件人: 张三\n发送时间: 2024年6月3日 10:00\n收件人: 李四\n主题: 你好"],
    ["Outlook ja", "差出人: 山田\n送信日時: 2024年6月3日 10:00\n宛先: 鈴木\n件名: こんにちは"],
  ])("%s", (_, attribution) => {
    for (const gap of ["\n", "\n\n"]) {
      const { text, quote } = splitReply(`New words,\nof two lines.${gap}${attribution}\n\n${OLD}`);
      expect(text).toBe("New words,\nof two lines.");
      expect(quote).toContain("> older");
      expect(quote.replace(/\s+/g, " ")).toContain(attribution.replace(/\s+/g, " "));
    }
  });

  test("without marks on the quoted lines all below is quoted", () => {
    const { text, quote } = splitReply("Yes.\n\nOn 3 June 2024 Ann wrote:\n\nold\n\nolder");
    expect({ text, quote }).toEqual({ text: "Yes.", quote: "On 3 June 2024 Ann wrote:\n\nold\n\nolder" });
  });

  test.each([
    "On Monday I wrote:\nsomething nice",
    "He wrote: hello",
    "From: here to there",
    "Cheers!\nSee you tomorrow",
    "Regards to Bob\nhe is well",
    "A list:\n- one\n- two",
    "在这里写一行\n然后再写一行",
    "Title\n=====\nmore",
    "one\n--\ntwo\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10",
    "Meet at 10:00 <here>:\nx",
  ])("%j is all new", (text) => {
    expect(splitReply(text)).toEqual({ text, quote: "", cut: false });
  });
});

describe("other shapes", () => {
  test("answers between the quotations stay", () => {
    const { text, quote } = splitReply("Hi,\n\nOn 3 June 2024 Ann wrote:\n> one?\n\nyes\n\n> two?\n\nno");
    expect(text.split(/\n+/)).toEqual(["Hi,", "yes", "no"]);
    expect(quote.split(/\n+/)).toEqual(["On 3 June 2024 Ann wrote:", "> one?", "> two?"]);
  });

  test.each([
    "-- ",
    "--",
    "Sent from my iPhone",
    "Von meinem iPhone gesendet",
    "iPhoneから送信",
    "发自我的iPhone",
    "Отправлено с iPhone",
    "Inviato dal mio iPhone",
  ])("signature under %j", (line) => {
    expect(splitReply(`Hello\n\n${line}\nBob\n\n${OLD}`).text).toBe("Hello");
  });

  test.each(["Sent from my iPhone", "> only\n> quoted", "---------- Forwarded message ---------\nFrom: x\nDate: y\n\nlook"])(
    "%j alone is shown whole",
    (text) => {
      expect(splitReply(text)).toEqual({ text, quote: "", cut: false });
    },
  );
});

describe("whatever comes", () => {
  test.each([
    ["line feeds", "\n".repeat(200_000)],
    ["attribution beginnings", "On x\n".repeat(40_000)],
    ["Op", "Op a schreef \n".repeat(10_000)],
    ["colons", "On 1 wrote:\n".repeat(20_000)],
    ["one line", "On 1 ".repeat(40_000)],
    ["spaces", `${" ".repeat(200_000)}x`],
    ["quotes", ">".repeat(200_000)],
    ["dashes", "- ".repeat(100_000)],
  ])("%s take less than a second", (_, text) => {
    const start = performance.now();
    splitReply(text);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test("tells when the new text goes on", () => {
    expect(splitReply("a\n".repeat(6_000)).cut).toBe(true);
    expect(splitReply(`a\n\n${"> b\n".repeat(6_000)}`)).toMatchObject({ text: "a", cut: false });
  });

  test("no line is lost", () => {
    const line = fc.constantFrom(
      "a",
      "b c",
      "> q",
      "",
      "-- ",
      "--",
      "On 1 June Ann wrote:",
      "From: x",
      "To: y",
      "Date: z",
      "Sent from my phone",
      "----- Original Message -----",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const { text, quote } = splitReply(lines.join("\n"));
        const words = (of: string): string[] => of.split(/\s+/).filter(Boolean).sort();
        expect(words(`${text}\n${quote}`)).toEqual(words(lines.join("\n")));
      }),
      { numRuns: 1_000 },
    );
  });
});
