import { isOutside, outsidePhone, whoOf } from "@/domain/address";
import { decideFolder } from "@/domain/decide";
import type { Clock, Id, IdMinter } from "@/domain/id";
import type { Message, MessageFile, SmsPart } from "@/domain/message";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Rosters } from "../mailbox/rosters";
import { type Opening, opened, openingFor, threadOfPeople } from "../mailbox/threads";
import { type Copies, placeOf } from "./copies";

/** A text as a bridge hands it in. */
export interface InboundText {
  /** The same however often it is handed in. */
  readonly id: Id;
  /** E.164. */
  readonly phone: string;
  /** Unix milliseconds at which it was taken. */
  readonly at: number;
  readonly text: string;
  readonly sms: SmsPart;
  readonly files?: readonly MessageFile[];
}

/** Where a text is now. */
export interface Arrived {
  readonly threadId: Id;
  /** Whose mailboxes have it. */
  readonly people: readonly Id[];
}

export interface ReceiveTextDeps {
  readonly mailboxes: Mailboxes;
  readonly rosters: Rosters;
  readonly copies: Copies;
  readonly mint: IdMinter;
  readonly clock: Clock;
  readonly received: (text: InboundText, to: Id) => void;
}

/** Brings a text from a phone outside into the mailboxes of the conversation it belongs to. A repeat is a no-op. */
export class ReceiveText {
  constructor(private readonly deps: ReceiveTextDeps) {}

  /** Answers undefined when the conversation is not there, or the phone is not, or no longer, in it. */
  async into(conversation: { readonly threadId: Id; readonly user: Id }, text: InboundText): Promise<Arrived | undefined> {
    const thread = await this.deps.mailboxes.read(conversation.user, (view) => view.thread(conversation.threadId));
    if (thread === undefined) return undefined;
    const opening = await openingFor(this.deps.rosters, thread);
    return whoOf(opening.people, outsidePhone(text.phone)) === undefined ? undefined : this.#toAll(opening, text);
  }

  /** Opens, or finds, the conversation of the phone with one person here. */
  async to(person: Id, text: InboundText): Promise<Arrived> {
    const { rosters, mailboxes } = this.deps;
    const mine = (id: Id) => mailboxes.read(person, (view) => view.thread(id));
    const opening = await threadOfPeople(rosters, [person, outsidePhone(text.phone)], text.at, mine);
    return this.#toAll(opening, text);
  }

  async #toAll(opening: Opening, text: InboundText): Promise<Arrived> {
    const people = opening.people.filter((person) => !isOutside(person));
    for (const person of people) await this.#arrive(person, opening, text);
    return { threadId: opening.id, people };
  }

  async #arrive(owner: Id, opening: Opening, text: InboundText): Promise<void> {
    const stamp = { at: this.deps.clock(), maker: `sms:${text.id}` };
    const copying = await this.deps.copies.for(owner);
    await this.deps.mailboxes.commit(owner, stamp.maker, async (view) => {
      const mine = await view.thread(opening.id);
      if (mine?.left !== undefined) return [];
      const message = messageOf(text, mine ?? opening);
      const { from } = message;
      const folder = decideFolder({ thread: mine, from, bulk: false });
      const open = mine === undefined ? [opened(opening, folder, {}, stamp, this.deps.mint)] : [];
      return [
        ...open,
        { type: "MessageArrived", ...stamp, threadId: opening.id, message: copying(message, placeOf(opening, folder, mine)), folder, unread: true },
      ];
    });
    this.deps.received(text, owner);
  }
}

/** From the one who is in the conversation. That the network wrote another of the phone's numbers is kept beside it. */
function messageOf(text: InboundText, thread: Pick<Opening, "id" | "people">): Message {
  const given = outsidePhone(text.phone);
  const from = whoOf(thread.people, given) ?? given;
  const sms = from === given ? text.sms : { ...text.sms, from: text.phone };
  const { id, at, files } = text;
  return { ...{ id, threadId: thread.id, from, channel: "sms", at, text: text.text, sms }, ...(files && { files }) };
}
