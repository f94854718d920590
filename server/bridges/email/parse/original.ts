import PostalMime, { decodeWords, type Email } from "postal-mime";
import type { Original, OriginalRequest } from "@/server/content/original";
import { MAX_HTML, safeHtml } from "@/server/content/sanitise";
import { cleanLine, cleanText, cut } from "@/server/content/text";
import { PARSER_LIMITS, writtenText } from "./parse-mail";
import { checkParts } from "./parts";

const MAX_HEADERS = 200;
const MAX_HEADER = 2_000;
const MAX_ORIGINAL_TEXT = 200_000;

/** The mail as its recipient's own mail program would show it, bounded. For a worker; fails as parseMail does. */
export async function readOriginal(raw: Buffer, { images, plain }: Omit<OriginalRequest, "raw">): Promise<Original> {
  checkParts(raw);
  const email = await PostalMime.parse(raw, PARSER_LIMITS);
  const whole = plain ? crudeText(email) : writtenText(email);
  const text = cut(whole, MAX_ORIGINAL_TEXT);
  const html = plain ? undefined : email.html;
  const headers = email.headers.slice(0, MAX_HEADERS).map(({ originalKey, value }) => [cleanLine(originalKey, 100), shown(value)] as const);
  const dropped = text.length < whole.length || headers.length < email.headers.length || (email.html ?? "").length > (html === undefined ? 0 : MAX_HTML);
  if (html === undefined || html.length > MAX_HTML) return { headers, text, blockedImages: 0, cut: dropped };
  const safe = safeHtml(html, { images });
  return { headers, text, html: safe.html, blockedImages: safe.blockedImages, cut: dropped };
}

const shown = (value: string): string => cleanLine(decodeWords(value.slice(0, MAX_HEADER * 2)), MAX_HEADER);

/** Text without a converter, for HTML that proved too much for one: the tags cut out, at any price linear. */
function crudeText(email: Email): string {
  const plain = cleanText((email.text ?? "").slice(0, MAX_ORIGINAL_TEXT));
  if (plain.trim() !== "") return plain;
  const words = (email.html ?? "")
    .slice(0, MAX_ORIGINAL_TEXT)
    .split("<")
    .map((piece) => piece.slice(piece.indexOf(">") + 1));
  return cleanText(words.join(" ").replace(/[ \t]+/g, " ")).trim();
}
