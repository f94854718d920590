/** A piece of a message's text: plain, or an http(s) address to open. */
export type TextPart = { readonly text: string; readonly href?: string };

/*
 * Only what says http:// or https:// itself becomes a link: guessing at bare names makes links nobody wrote. Quotes, angle
 * brackets and the invisible marks that reorder text end an address, so what is shown is what is opened.
 */
const ADDRESS = /\bhttps?:\/\/[^\s<>"“”«»\u200b-\u200f\u202a-\u202e\u2060-\u2069]+/giu;
const TRAILING = /[.,;:!?'’*_~…\u0964\u3001\u3002]$/u;
const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Splits text at its addresses. Joined again, the parts are the text. */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = safeHref(address);
    if (href === undefined) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** Punctuation that ends the sentence is not part of the address; a closing bracket is when its opening one is. */
function trimmed(address: string): string {
  let end = address.length;
  const counts = bracketCounts(address);
  for (; end > 0; end--) {
    const last = address[end - 1]!;
    const opener = PAIRS[last];
    if (opener !== undefined && (counts[last] ?? 0) > (counts[opener] ?? 0)) counts[last] = (counts[last] ?? 0) - 1;
    else if (!TRAILING.test(last)) break;
  }
  return address.slice(0, end);
}

function bracketCounts(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const letter of text) if ("()[]{}".includes(letter)) counts[letter] = (counts[letter] ?? 0) + 1;
  return counts;
}

/** The address as a browser reads it, or undefined when it has no host. A name before an "@" is refused: it disguises the host. */
function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.hostname === "" || url.username !== "" || url.password !== "" ? undefined : url.href;
}
