import { normalEmail } from "@/domain/address";
import type { Message } from "@/domain/message";
import { cleanLine, cleanText } from "@/server/content/text";
import type { MailChain } from "./chain";
import type { MailAddress } from "./inbound";
import { messageIdOf } from "./message-id";
import { isMessageId } from "./parse/message-ids";

/** A mail ready to be written out (`renderMail`) and sent. One copy, for one recipient; the headers are the same in all copies. */
export interface OutgoingMail {
  readonly envelope: { readonly from: string; readonly to: string };
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  /** Without angle brackets, as are the others. The same for every try: a repeat can be recognised. */
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly subject: string;
  /** Unix milliseconds. */
  readonly at: number;
  /** Line ends LF. */
  readonly text: string;
}

export interface ComposeFacts {
  readonly message: Pick<Message, "id" | "threadId" | "at" | "text">;
  readonly domain: string;
  readonly from: { readonly handle: string; readonly name: string };
  /** Whom this copy goes to. */
  readonly to: string;
  /** Everybody else in the conversation under an address that reaches them, so that "reply to all" comes back to all. */
  readonly people: readonly MailAddress[];
  readonly chain: MailChain;
  /** Subject of a conversation that never had one; the same whoever of us writes, or mail programs split it. */
  readonly title: string;
}

const MAX_NAME = 100;
const MAX_SUBJECT = 200;

/** A message as an e-mail. Pure. Whatever names and subjects contain, they stay inside their header. */
export function composeMail({ message, domain, from, to, people, chain, title }: ComposeFacts): OutgoingMail {
  const own = `${from.handle}@${domain}`;
  const references = chain.references.filter(isMessageId);
  const inReplyTo = references.at(-1);
  return {
    envelope: { from: own, to },
    from: mailbox({ address: own, name: from.name }),
    to: everybody([...people, { address: to }], own),
    messageId: messageIdOf(message.id, message.threadId, domain),
    ...(inReplyTo !== undefined && { inReplyTo }),
    references,
    subject: subjectOf(chain, title),
    at: message.at,
    text: cleanText(message.text),
  };
}

function everybody(people: readonly MailAddress[], own: string): MailAddress[] {
  const found = new Map<string, MailAddress>();
  for (const person of people) {
    const address = normalEmail(person.address);
    if (address !== undefined && address !== own && !found.has(address)) found.set(address, mailbox({ ...person, address }));
  }
  return [...found.values()];
}

function mailbox({ address, name = "" }: MailAddress): MailAddress {
  const shown = cleanLine(name, MAX_NAME);
  return { address, ...(shown !== "" && shown !== address && { name: shown }) };
}

/** What mail programs of the world put before a subject they answer. */
const ANSWER = /^(?:(?:re|aw|sv|vs|antw|odp|ynt|回复|答复|回覆|返信)(?:\[\d{1,3}\])?\s{0,3}[:：]\s{0,3})+/i;

function subjectOf({ subject, references }: MailChain, title: string): string {
  const said = cleanLine(subject ?? "", MAX_SUBJECT).replace(ANSWER, "");
  const words = said || cleanLine(title, MAX_SUBJECT);
  return references.length === 0 ? words : `Re: ${words}`;
}
