import { emailOf, isOutside, type ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { Person } from "@/domain/person";
import type { Thread } from "@/domain/thread";
import type { Letter, Taken, Way } from "@/server/delivery/outside-step";
import { mailChain } from "./chain";
import type { MailAddress } from "./inbound";
import { MailFailure } from "./mail-failure";
import { composeMail, type OutgoingMail } from "./outgoing";
import type { MailTransport } from "./relay";

const MINUTE = 60_000;
/** RFC 5321 4.5.4.1 asks for growing pauses and days of patience. */
const PAUSES = [10_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE, 2 * 60 * MINUTE, 4 * 60 * MINUTE];

export interface LettersOptions {
  readonly transport: MailTransport;
  readonly directory: { many(ids: readonly Id[]): Promise<ReadonlyMap<Id, Person>> };
  readonly domain: string;
}

/** The way of messages to people outside: writes each as a mail that continues the conversation, and gives it to the transport. */
export class Letters implements Way {
  readonly channel = "email";
  readonly pauses = PAUSES;
  readonly tries = 24;
  readonly lookBack = 100;
  constructor(private readonly options: LettersOptions) {}

  /** Fails with MailFailure. */
  async send(letter: Letter): Promise<Taken> {
    const mail = await this.#compose(letter);
    const { detail } = await this.options.transport.send(mail);
    return { reason: "accepted-by-relay", detail };
  }

  async #compose({ message, thread, to, before }: Letter): Promise<OutgoingMail> {
    const { directory, domain } = this.options;
    const people = await directory.many([...new Set([message.from, ...thread.people])].filter((id) => !isOutside(id)));
    const sender = people.get(message.from);
    const address = emailOf(to);
    if (sender?.handle === undefined || address === undefined)
      throw new MailFailure(true, "refused", "The sender has no address, or the recipient none by e-mail.");
    return composeMail({
      message,
      domain,
      from: { handle: sender.handle, name: sender.name },
      to: address,
      people: thread.people.flatMap((id) => addressOf(id, people, thread, domain)),
      chain: mailChain(before.filter(wentByMail), domain),
      title: titleOf(thread, people),
    });
  }
}

/** A message that is a mail, or went out as one: it has a Message-ID others may have seen. */
const wentByMail = ({ mail, delivery }: Message): boolean =>
  mail?.messageId !== undefined || Object.values(delivery ?? {}).some(({ channel }) => channel === "email");

/** Where somebody can be answered: outside at the own address, inside at ours. */
function addressOf(id: ParticipantId, people: ReadonlyMap<Id, Person>, thread: Thread, domain: string): MailAddress[] {
  const outside = emailOf(id);
  if (outside !== undefined) return [{ address: outside, ...(thread.names[id] !== undefined && { name: thread.names[id] }) }];
  const person = people.get(id);
  return person?.handle === undefined ? [] : [{ address: `${person.handle}@${domain}`, name: person.name }];
}

/** The same whoever of us writes: the group's name, or all of us in one order. */
function titleOf(thread: Thread, people: ReadonlyMap<Id, Person>): string {
  const names = thread.people.flatMap((id) => people.get(id)?.name ?? []).sort();
  return thread.name ?? `Message from ${names.join(", ")}`;
}
