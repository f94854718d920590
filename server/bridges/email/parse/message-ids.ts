/** Message identifiers (RFC 5322 3.6.4), without their angle brackets, as strangers write them. */

/** References kept: the first, which names the conversation, and the last, which are nearest. */
const MAX_REFERENCES = 50;
const MAX_LENGTH = 250;
const ID = /^[^\s<>@]{1,200}@[^\s<>@]{1,200}$/;
const BETWEEN_BRACKETS = /<([^<>]{3,252})>/g;

/** The first identifier in a Message-ID or In-Reply-To header, or undefined when it holds none. */
export const firstMessageId = (header: string): string | undefined => messageIds(header)[0];

export function references(header: string): string[] {
  const all = [...new Set(messageIds(header))];
  return all.length <= MAX_REFERENCES ? all : [all[0] as string, ...all.slice(1 - MAX_REFERENCES)];
}

function messageIds(header: string): string[] {
  const found: string[] = [];
  for (const [, text] of header.matchAll(BETWEEN_BRACKETS)) {
    const id = text?.replace(/\s+/g, "") ?? "";
    if (isMessageId(id)) found.push(id);
  }
  // Some programs leave the brackets out.
  const bare = header.trim();
  return found.length === 0 && isMessageId(bare) ? [bare] : found;
}

export const isMessageId = (text: string): boolean => text.length <= MAX_LENGTH && ID.test(text) && !/\p{Cc}/u.test(text);
