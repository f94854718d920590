import type { Message } from "@/domain/message";
import { messageIdOf } from "./message-id";

/** What a new mail of a conversation continues. */
export interface MailChain {
  /** Message-IDs from the first known to the nearest, for References; the last is In-Reply-To (RFC 5322 3.6.4). */
  readonly references: readonly string[];
  /** The subject people last wrote. */
  readonly subject?: string;
}

/** Ids kept in a chain: the first names the conversation, the last are nearest. Mail programs cut at about the same length. */
const MAX_CHAIN = 20;

/** The chain after these messages, given oldest first; those that neither came nor went by mail do not count. */
export function mailChain(before: readonly Message[], domain: string): MailChain {
  let chain: MailChain = { references: [] };
  for (const message of before) chain = after(chain, message, domain);
  return { ...chain, references: shorten(chain.references) };
}

function after(chain: MailChain, message: Message, domain: string): MailChain {
  const { mail, delivery = {} } = message;
  if (mail?.messageId !== undefined) {
    const earlier = mail.references ?? (mail.inReplyTo === undefined ? [] : [mail.inReplyTo]);
    const subject = mail.subject ?? chain.subject;
    return { references: [...earlier, mail.messageId], ...(subject !== undefined && { subject }) };
  }
  const went = Object.values(delivery).some(({ channel }) => channel === "email");
  return went ? { ...chain, references: [...chain.references, messageIdOf(message.id, message.threadId, domain)] } : chain;
}

function shorten(references: readonly string[]): string[] {
  const all = [...new Set(references)];
  return all.length <= MAX_CHAIN ? all : [all[0] as string, ...all.slice(1 - MAX_CHAIN)];
}
