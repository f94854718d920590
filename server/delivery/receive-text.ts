import { isOutside, outsidePhone } from "@/domain/address";
import { decideFolder } from "@/domain/decide";
import type { Clock, Id, IdMinter } from "@/domain/id";
import type { Message, SmsPart } from "@/domain/message";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Rosters } from "../mailbox/rosters";
import { type Opening, opened, openingFor, threadOfPeople } from "../mailbox/threads";

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
}

export interface ReceiveTextDeps {
  readonly mailboxes: Mailboxes;
  readonly rosters: Rosters;
  readonly mint: IdMinter;
  readonly clock: Clock;
  readonly received: (text: InboundText, to: Id) => void;
}

/** Brings a text from a phone outside into the mailboxes of the conversation it belongs to. A repeat is a no-op. */
export class ReceiveText {
  constructor(private readonly deps: ReceiveTextDeps) {}

  /** Answers false when the conversation is not there, or the phone is not, or no longer, in it. */
  async into(conversation: { readonly threadId: Id; readonly user: Id }, text: InboundText): Promise<boolean> {
    const thread = await this.deps.mailboxes.read(conversation.user, (view) => view.thread(conversation.threadId));
    if (thread === undefined) return false;
    const opening = await openingFor(this.deps.rosters, thread);
    if (!opening.people.includes(outsidePhone(text.phone))) return false;
    await this.#toAll(opening, text);
    return true;
  }

  /** Opens, or finds, the conversation of the phone with one person here. */
  async to(person: Id, text: InboundText): Promise<{ threadId: Id }> {
    const opening = await threadOfPeople(this.deps.rosters, [person, outsidePhone(text.phone)], text.at);
    await this.#toAll(opening, text);
    return { threadId: opening.id };
  }

  async #toAll(opening: Opening, text: InboundText): Promise<void> {
    for (const person of opening.people) if (!isOutside(person)) await this.#arrive(person, opening, text);
  }

  async #arrive(owner: Id, opening: Opening, text: InboundText): Promise<void> {
    const from = outsidePhone(text.phone);
    const stamp = { at: this.deps.clock(), maker: `sms:${text.id}` };
    const message: Message = { id: text.id, threadId: opening.id, from, channel: "sms", at: text.at, text: text.text, sms: text.sms };
    await this.deps.mailboxes.commit(owner, stamp.maker, async (view) => {
      const mine = await view.thread(opening.id);
      if (mine?.left !== undefined) return [];
      const folder = decideFolder({ thread: mine, from, bulk: false });
      const open = mine === undefined ? [opened(opening, folder, {}, stamp, this.deps.mint)] : [];
      return [...open, { type: "MessageArrived", ...stamp, threadId: opening.id, message, folder, unread: true }];
    });
    this.deps.received(text, owner);
  }
}
