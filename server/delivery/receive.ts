import type { Action } from "@/domain/action";
import { normalEmail, outsideEmail, type ParticipantId } from "@/domain/address";
import { decideFolder } from "@/domain/decide";
import type { Clock, Id, IdMinter } from "@/domain/id";
import type { MailPart, Message } from "@/domain/message";
import { isRole } from "@/domain/reserved";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Directory } from "../mailbox/people";
import type { Rosters } from "../mailbox/rosters";
import { type Opening, opened, openingFor, threadOfPeople } from "../mailbox/threads";
import { type Copies, placeOf } from "./copies";

/** A circle of correspondents larger than this is a distribution, not a conversation: only the sender and the reader talk. */
const MAX_CIRCLE = 50;

export interface Mailer {
  readonly address: string;
  readonly name?: string;
}

/** A parsed mail as a bridge hands it in. `maker` is the same for every copy of the same mail. */
export interface InboundMail {
  readonly id: Id;
  readonly maker: string;
  /** Unix milliseconds at which we said 250. */
  readonly at: number;
  readonly from: Mailer;
  /** Accounts the envelope named. */
  readonly recipients: readonly Id[];
  readonly to: readonly Mailer[];
  readonly cc: readonly Mailer[];
  readonly text: string;
  readonly bulk: boolean;
  readonly mail: MailPart;
  /** Threads of ours that its headers answer, newest first. */
  readonly answers: readonly Id[];
}

export interface ReceiveDeps {
  readonly mailboxes: Mailboxes;
  readonly rosters: Rosters;
  readonly directory: Directory;
  readonly copies: Copies;
  /** The part after the @ of our own people's addresses. */
  readonly domain: string;
  readonly mint: IdMinter;
  readonly clock: Clock;
  readonly received: (mail: InboundMail, to: Id) => void;
}

/** Brings a mail into the mailboxes it is for, in the conversation with the people it is from and to. A repeat is a no-op. */
export class Receive {
  constructor(private readonly deps: ReceiveDeps) {}

  async mail(mail: InboundMail): Promise<void> {
    const from = await this.#author(mail.from.address);
    const circle = await this.#circle(mail, from);
    for (const to of mail.recipients) {
      await this.#into(to, mail, from, circle.includes(to) ? circle : [from, to]);
      this.deps.received(mail, to);
    }
    const writer = mail.recipients.includes(from) || from.includes(":") ? undefined : from;
    if (writer !== undefined) await this.#into(writer, mail, from, circle.length > 1 ? circle : [from, ...mail.recipients]);
  }

  /** Everybody the mail shows, or nobody but its sender when it was sent to many at once. */
  async #circle(mail: InboundMail, from: ParticipantId): Promise<ParticipantId[]> {
    const shown = [...mail.to, ...mail.cc].filter(({ address }) => !this.#isOurRole(address));
    if (mail.bulk || shown.length > MAX_CIRCLE) return [from];
    return [...new Set([from, ...(await Promise.all(shown.map(({ address }) => this.#participant(address))))])];
  }

  /**
   * Our own people write from within, so a mail from outside that says it is from one of our addresses is from somebody else. A verified
   * address elsewhere is taken at its word, and the message says that nothing proves it.
   */
  async #author(address: string): Promise<ParticipantId> {
    const email = normalEmail(address) ?? address.toLowerCase();
    return email.endsWith(`@${this.deps.domain}`) ? outsideEmail(email) : this.#participant(email);
  }

  /** postmaster@ is nobody one could answer: each admin who gets the mail answers its sender. */
  #isOurRole(address: string): boolean {
    const [local = "", domain] = address.toLowerCase().split("@");
    return domain === this.deps.domain && isRole(local);
  }

  async #participant(address: string): Promise<ParticipantId> {
    const email = normalEmail(address) ?? address.toLowerCase();
    return (await this.deps.directory.byAddress(email)) ?? outsideEmail(email);
  }

  async #into(owner: Id, mail: InboundMail, from: ParticipantId, people: readonly ParticipantId[]): Promise<void> {
    const opening = await this.#thread(owner, mail, people);
    const stamp = { at: this.deps.clock(), maker: mail.maker };
    const message: Message = { id: mail.id, threadId: opening.id, from, channel: "email", at: mail.at, text: mail.text, mail: mail.mail };
    const own = namesOf([mail.from], people);
    const others = namesOf([...mail.to, ...mail.cc], people);
    const copying = mail.bulk ? undefined : await this.deps.copies.for(owner);
    await this.deps.mailboxes.commit(owner, stamp.maker, async (view): Promise<Action[]> => {
      const mine = await view.thread(opening.id);
      const names = { ...others, ...mine?.names, ...own };
      const folder = owner === from ? (mine?.folder ?? "messages") : decideFolder({ thread: mine, from, bulk: mail.bulk });
      const open = mine === undefined ? [opened(opening, folder, names, stamp, this.deps.mint)] : [];
      const arriving = copying?.(message, placeOf(opening, folder, mine)) ?? message;
      return [...open, { type: "MessageArrived", ...stamp, threadId: opening.id, message: arriving, folder, unread: owner !== from, names }];
    });
  }

  /** Headers only narrow among the threads of exactly these people (a group that was renamed or grew back); they never join others. */
  async #thread(owner: Id, mail: InboundMail, people: readonly ParticipantId[]): Promise<Opening> {
    for (const id of mail.answers) {
      const thread = await this.deps.mailboxes.read(owner, (view) => view.thread(id));
      if (thread === undefined || thread.left !== undefined) continue;
      const opening = await openingFor(this.deps.rosters, thread);
      if (sameSet(opening.people, people)) return opening;
    }
    return threadOfPeople(this.deps.rosters, people, this.deps.clock(), (id) => this.deps.mailboxes.read(owner, (view) => view.thread(id)));
  }
}

/** Names of people outside; those given to accounts of ours do not count. What others call somebody counts until they name themselves. */
function namesOf(mailers: readonly Mailer[], people: readonly ParticipantId[]): Record<ParticipantId, string> {
  const named = mailers.flatMap(({ address, name }) => (name ? [[outsideEmail(normalEmail(address) ?? address), name] as const] : []));
  return Object.fromEntries(named.filter(([id]) => people.includes(id)).reverse());
}

const sameSet = (a: readonly ParticipantId[], b: readonly ParticipantId[]): boolean => {
  const set = new Set(b);
  return new Set(a).size === set.size && a.every((person) => set.has(person));
};
