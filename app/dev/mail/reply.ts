import { clockTime } from "@/app/ui/time";
import type { WholeMail } from "./data";

const MAX_QUOTE = 20_000;

/** "Re: …" once, however often it goes back and forth (RFC 5322, 3.6.5). */
export const replySubject = (subject: string): string => (/^re:/i.test(subject.trim()) ? subject : `Re: ${subject}`.trim());

/** The answer with the mail below it, as mail programs do; Braid is to fold that part away. */
export function quoting(text: string, mail: Pick<WholeMail, "at" | "from" | "text">, zone?: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: zone }).format(mail.at);
  const quote = mail.text
    .slice(0, MAX_QUOTE)
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`));
  return [text.trimEnd(), "", `On ${day} at ${clockTime(mail.at, { zone, locale: "en-GB" })}, ${mail.from} wrote:`, ...quote, ""].join("\n");
}

/** What the SMTP door's answer means (RFC 5321, 4.2.1): 2 yes, 4 not now, 5 never. */
export function answerWords(answer: string): { taken: boolean; words: string } {
  if (answer.startsWith("2")) return { taken: true, words: "Sent. It is in the inbox now." };
  return {
    taken: false,
    words: answer.startsWith("4")
      ? "Braid does not take it just now. A mail server would try again later."
      : "Braid refused it. A mail server would send it back to the writer.",
  };
}
