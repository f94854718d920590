import type { Action } from "@/domain/action";
import { isOutside } from "@/domain/address";
import { AppError } from "@/domain/error";
import type { Clock, Id } from "@/domain/id";
import { MAX_TEXT, type Message, type Preview, preview } from "@/domain/message";
import type { Folder, Thread } from "@/domain/thread";
import type { Mailboxes } from "./mailboxes";
import { known } from "./reads";
import type { MailboxView } from "./turn";

/** How many unread messages are counted exactly, and how far back a new last message is looked for. */
const COUNTED = 1_000;
const LOOK_BACK = 100;

/** What people do to conversations in their own mailbox. Nobody else sees it, but for read receipts. */
export class Acts {
  constructor(
    private readonly mailboxes: Mailboxes,
    private readonly clock: Clock,
  ) {}

  /** The marker only moves forward: an older position, from a slower device, changes nothing. */
  read(user: Id, threadId: Id, upTo: Id, maker: string) {
    return this.#act(user, threadId, maker, async (view, thread, stamp) => {
      const position = thread.last !== undefined && upTo > thread.last.messageId ? thread.last.messageId : upTo;
      const ahead = thread.readUpTo === undefined || position > thread.readUpTo;
      if (!ahead && thread.unread === 0 && thread.markedUnread === undefined) return [];
      const tell = ahead && thread.left === undefined ? thread.people.filter((person) => person !== user && !isOutside(person)) : [];
      const reached = ahead ? position : (thread.readUpTo as Id);
      return [{ type: "ThreadRead", ...stamp, upTo: reached, unread: await unreadAfter(view, thread, reached), tell }];
    });
  }

  markUnread(user: Id, threadId: Id, maker: string) {
    return this.#act(user, threadId, maker, (_view, _thread, stamp) => [{ type: "ThreadMarkedUnread", ...stamp }]);
  }

  move(user: Id, threadId: Id, folder: Folder, maker: string) {
    return this.#act(user, threadId, maker, (_view, thread, stamp) => (thread.folder === folder ? [] : [{ type: "ThreadMoved", ...stamp, folder }]));
  }

  mute(user: Id, threadId: Id, muted: boolean, maker: string) {
    return this.#act(user, threadId, maker, (_view, thread, stamp) =>
      (thread.muted !== undefined) === muted ? [] : [{ type: "ThreadMuted", ...stamp, muted }],
    );
  }

  saveDraft(user: Id, threadId: Id, text: string, maker: string) {
    if (text.length > MAX_TEXT) throw new AppError("message/too-large");
    return this.#act(user, threadId, maker, (_view, thread, stamp) => ((thread.draft?.text ?? "") === text ? [] : [{ type: "DraftSaved", ...stamp, text }]));
  }

  deleteMessage(user: Id, threadId: Id, messageId: Id, maker: string) {
    return this.#show(user, threadId, messageId, maker, false);
  }

  restoreMessage(user: Id, threadId: Id, messageId: Id, maker: string) {
    return this.#show(user, threadId, messageId, maker, true);
  }

  #show(user: Id, threadId: Id, messageId: Id, maker: string, shown: boolean) {
    return this.#act(user, threadId, maker, async (view, thread, stamp) => {
      const message = await view.message(threadId, messageId);
      if (message === undefined) throw new AppError("message/unknown");
      if ((message.deleted === undefined) === shown) return [];
      const last = await lastShown(view, thread, message, shown);
      const unread = Math.max(0, thread.unread + (countsUnread(user, thread, message) ? (shown ? 1 : -1) : 0));
      return [{ type: shown ? "MessageRestored" : "MessageDeleted", ...stamp, messageId, unread, last }];
    });
  }

  async #act(user: Id, threadId: Id, maker: string, decide: Decide): Promise<{ seq: number }> {
    const stamp = { at: this.clock(), maker, threadId };
    const { seq } = await this.mailboxes.commit(user, maker, async (view) => decide(view, known(await view.thread(threadId)), stamp));
    return { seq };
  }
}

type Decide = (view: MailboxView, thread: Thread, stamp: { at: number; maker: string; threadId: Id }) => Promise<Action[]> | Action[];

async function unreadAfter(view: MailboxView, thread: Thread, upTo: Id): Promise<number> {
  if (thread.last === undefined || thread.last.messageId <= upTo) return 0;
  const later = await view.messagePage(thread.id, { after: upTo, limit: COUNTED });
  return later.filter((message) => message.from !== view.user && message.event === undefined && message.deleted === undefined).length;
}

const countsUnread = (user: Id, thread: Thread, message: Message): boolean =>
  message.from !== user && message.event === undefined && thread.unread > 0 && (thread.readUpTo === undefined || message.id > thread.readUpTo);

/** The newest message that stays visible, when one is hidden or shown again. */
async function lastShown(view: MailboxView, thread: Thread, changed: Message, shown: boolean): Promise<Preview | null> {
  const { last } = thread;
  if (shown) return last === undefined || changed.id > last.messageId ? preview(changed) : last;
  if (last !== undefined && last.messageId !== changed.id) return last;
  const before = await view.messagePage(thread.id, { before: changed.id, limit: LOOK_BACK });
  const newest = before.findLast((message) => message.deleted === undefined);
  return newest === undefined ? null : preview(newest);
}
