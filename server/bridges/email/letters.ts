import { emailOf, isOutside, type ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Person } from "@/domain/person";
import type { Thread } from "@/domain/thread";
import type { Letter, MailOut } from "@/server/delivery/mail-step";
import { mailChain } from "./chain";
import type { MailAddress } from "./inbound";
import { MailFailure } from "./mail-failure";
import { composeMail, type OutgoingMail } from "./outgoing";
import type { MailTransport } from "./relay";

export interface LettersOptions {
  readonly transport: MailTransport;
  readonly directory: { many(ids: readonly Id[]): Promise<ReadonlyMap<Id, Person>> };
  readonly domain: string;
}

/** The way of messages to people outside: writes each as a mail that continues the conversation, and gives it to the transport. */
export class Letters implements MailOut {
  constructor(private readonly options: LettersOptions) {}

  /** Fails with MailFailure. */
  async send(letter: Letter): Promise<{ readonly detail: string; readonly messageId: string }> {
    const mail = await this.#compose(letter);
    const { detail } = await this.options.transport.send(mail);
    return { detail, messageId: mail.messageId };
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
      chain: mailChain(before, domain),
      title: titleOf(thread, people),
    });
  }
}

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
