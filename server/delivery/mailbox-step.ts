import type { Action } from "@/domain/action";
import { isOutside } from "@/domain/address";
import { decideFolder } from "@/domain/decide";
import type { Clock, Id, IdMinter } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { MessageOwed } from "@/domain/outbox";
import type { Thread } from "@/domain/thread";
import type { Mailboxes } from "../mailbox/mailboxes";
import { arrivalOf } from "../mailbox/project";
import type { Rosters } from "../mailbox/rosters";
import { type Opening, opened, openingFor } from "../mailbox/threads";
import type { MailboxView } from "../mailbox/turn";
import { type Copies, placeOf } from "./copies";
import { byOwner } from "./owed";

/** What is to be delivered, as far as it is at hand. */
export interface Source {
  readonly message: Message | undefined;
  readonly thread: Thread | undefined;
}
type Stamp = { at: number; maker: string };

export interface MailboxStepDeps {
  readonly mailboxes: Mailboxes;
  readonly rosters: Rosters;
  readonly copies: Copies;
  readonly mint: IdMinter;
  readonly clock: Clock;
  readonly delivered: (message: Message, to: Id, afterMs: number) => void;
}

/**
 * Brings a message into the mailbox of another person here, then reports it in the sender's.
 *
 * Somebody may join a group while a message is on its way; the history they are given may lack it. So after it has arrived somewhere, the
 * roster is asked again and the message is owed to whoever it was not sent to: whichever came first, the gap closes.
 */
export class MailboxStep {
  constructor(private readonly deps: MailboxStepDeps) {}

  async run(user: Id, entry: MessageOwed, known: Source): Promise<void> {
    const { message, thread } = known.message && known.thread ? known : await this.#source(user, entry);
    if (message === undefined || thread === undefined) return this.#report(user, entry, "failed", "message-gone");
    const opening = await openingFor(this.deps.rosters, thread);
    if (!(await this.#arrive(entry, message, thread, opening))) return this.#report(user, entry, "failed", "left-the-group");
    const { people } = await openingFor(this.deps.rosters, thread);
    const missed = people.filter((person) => person !== message.from && message.delivery?.[person] === undefined && !isOutside(person));
    await this.#report(user, entry, "delivered", "has-account", missed);
    this.deps.delivered(message, entry.to, this.deps.clock() - message.at);
  }

  async #source(user: Id, { threadId, messageId }: MessageOwed): Promise<Source> {
    const read = this.deps.mailboxes.readOwned(user, async (view) => ({
      message: await view.message(threadId, messageId),
      thread: await view.thread(threadId),
    }));
    return byOwner(read);
  }

  /** Answers whether the recipient is in the conversation; who has left gets nothing. */
  async #arrive({ to }: MessageOwed, source: Message, thread: Thread, opening: Opening): Promise<boolean> {
    const stamp = { at: this.deps.clock(), maker: arrivalOf(source.id) };
    const { delivery: _others, clientId: _theirs, ...message } = source;
    const copying = await this.deps.copies.for(to);
    let left = false;
    await this.deps.mailboxes.commit(to, undefined, async (view) => {
      const mine = await view.thread(thread.id);
      left = hasLeft(to, mine, opening);
      if (left || (await hasArrived(view, mine, message.id))) return [];
      const folder = decideFolder({ thread: mine, from: message.from, bulk: false });
      const open = mine === undefined ? [opened(opening, folder, thread.names, stamp, this.deps.mint)] : [];
      if (message.event !== undefined) return [...open, rosterChanged(stamp, opening, message)];
      return [
        ...open,
        { type: "MessageArrived", ...stamp, threadId: thread.id, message: copying(message, placeOf(opening, folder, mine)), folder, unread: true },
      ];
    });
    return !left;
  }

  async #report(user: Id, entry: MessageOwed, state: "delivered" | "failed", reason: string, missed: readonly Id[] = []): Promise<void> {
    const { threadId, messageId, to } = entry;
    const at = this.deps.clock();
    const maker = `report:${messageId}:${to}:${state}:${entry.attempts}`;
    const report = (whom: Id, delivery: "sending" | "delivered" | "failed", why: string): Action => ({
      type: "DeliveryReported",
      at,
      maker,
      threadId,
      messageId,
      to: whom,
      delivery: { state: delivery, channel: "chat", at, reason: why },
    });
    const told = this.deps.mailboxes.commit(
      user,
      undefined,
      async (view) => {
        const known = (await view.message(threadId, messageId))?.delivery;
        const owed = missed.filter((person) => known?.[person] === undefined);
        const news = known?.[to]?.state === state ? [] : [report(to, state, reason)];
        return [...news, ...owed.map((person) => report(person, "sending", "joined-meanwhile"))];
      },
      false,
    );
    await byOwner(told);
  }
}

const rosterChanged = (stamp: Stamp, { id, people, roster, name }: Opening, message: Message): Action => ({
  type: "RosterChanged",
  ...stamp,
  threadId: id,
  people,
  roster,
  ...(name !== undefined && { name }),
  left: false,
  message,
});

/** Whatever arrives raises the activity of its thread, which never falls: what is beyond it has not been here, and is not looked for. */
const hasArrived = async (view: MailboxView, mine: Thread | undefined, id: Id): Promise<boolean> =>
  mine !== undefined && id <= mine.activity && (await view.message(mine.id, id)) !== undefined;

/** By the roster as it was asked, or by the mailbox itself, which may know of a later leaving. */
const hasLeft = (to: Id, mine: Thread | undefined, { people, roster }: Opening): boolean =>
  !people.includes(to) || (mine?.left !== undefined && mine.roster >= roster);
