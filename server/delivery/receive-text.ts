import { isOutside, outsidePhone, type ParticipantId, whoOf } from "@/domain/address";
import { decideFolder } from "@/domain/decide";
import type { Clock, Id, IdMinter } from "@/domain/id";
import type { Message, MessageFile, SmsPart } from "@/domain/message";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Directory } from "../mailbox/people";
import type { Rosters } from "../mailbox/rosters";
import type { Sending } from "../mailbox/sending";
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

/** A conversation, and in whose mailbox it can be read. */
export interface Place {
  readonly threadId: Id;
  readonly user: Id;
}

/** Where a text is now. */
export interface Arrived extends Place {
  /** Whose mailboxes have it, or will have it when what a person sent is delivered. */
  readonly people: readonly Id[];
}

export interface ReceiveTextDeps {
  readonly mailboxes: Mailboxes;
  readonly rosters: Rosters;
  readonly copies: Copies;
  readonly directory: Pick<Directory, "byAddress">;
  readonly sending: Pick<Sending, "sendText">;
  readonly mint: IdMinter;
  readonly clock: Clock;
  readonly received: (text: InboundText, to: Id) => void;
}

/**
 * Brings a text into the mailboxes of the conversation it belongs to. From a phone that is linked it is a message of that person, who sends it
 * as if it had been written here; else it is from somebody outside. A repeat is a no-op.
 */
export class ReceiveText {
  constructor(private readonly deps: ReceiveTextDeps) {}

  /**
   * Answers where it went, which is another conversation when this one was held with the phone before it was linked; undefined when the
   * conversation is not there, or who texts is not, or no longer, in it.
   */
  async into(conversation: Place, text: InboundText): Promise<Arrived | undefined> {
    const thread = await this.deps.mailboxes.read(conversation.user, (view) => view.thread(conversation.threadId));
    if (thread === undefined) return undefined;
    const author = await this.#author(text.phone);
    const opening = await this.#home(await openingFor(this.deps.rosters, thread), author, conversation.user, text);
    if (opening === undefined || !(await this.#hand(author, opening, text))) return undefined;
    return arrivedIn(opening, isOutside(author) ? conversation.user : author);
  }

  /** Opens, or finds, the conversation of the phone, or its person, with one person here. */
  async to(person: Id, text: InboundText): Promise<Arrived> {
    const author = await this.#author(text.phone);
    const user = isOutside(author) ? person : author;
    const opening = await this.#threadOf([person, author], user, text.at);
    await this.#hand(author, opening, text);
    return arrivedIn(opening, user);
  }

  async #author(phone: string): Promise<ParticipantId> {
    return (await this.deps.directory.byAddress(phone)) ?? outsidePhone(phone);
  }

  /** The conversation itself when the author is in it. When it has the phone and not the person it is linked to, that of the same people with the person. */
  async #home(opening: Opening, author: ParticipantId, user: Id, { phone, at }: InboundText): Promise<Opening | undefined> {
    if (whoOf(opening.people, author) !== undefined) return opening;
    const stranger = whoOf(opening.people, outsidePhone(phone));
    if (stranger === undefined) return undefined;
    const people = opening.people.map((person) => (person === stranger ? author : person));
    return this.#threadOf(people, user, at);
  }

  #threadOf(people: readonly ParticipantId[], user: Id, at: number): Promise<Opening> {
    return threadOfPeople(this.deps.rosters, people, at, (id) => this.deps.mailboxes.read(user, (view) => view.thread(id)));
  }

  /** Answers false when a person has left the conversation. */
  async #hand(author: ParticipantId, opening: Opening, text: InboundText): Promise<boolean> {
    if (!isOutside(author)) return this.deps.sending.sendText(author, opening, text);
    for (const person of opening.people) if (!isOutside(person)) await this.#arrive(person, opening, text);
    return true;
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

const arrivedIn = ({ id, people }: Opening, user: Id): Arrived => ({ threadId: id, user, people: people.filter((person) => !isOutside(person)) });

/** From the one who is in the conversation. That the network wrote another of the phone's numbers is kept beside it. */
function messageOf(text: InboundText, thread: Pick<Opening, "id" | "people">): Message {
  const given = outsidePhone(text.phone);
  const from = whoOf(thread.people, given) ?? given;
  const sms = from === given ? text.sms : { ...text.sms, from: text.phone };
  const { id, at, files } = text;
  return { ...{ id, threadId: thread.id, from, channel: "sms", at, text: text.text, sms }, ...(files && { files }) };
}
