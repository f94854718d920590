import type { Id } from "@/domain/id";
import type { MailboxHead } from "@/domain/reduce";
import { counts, type Thread } from "@/domain/thread";
import type { Pending } from "./acts";
import { FolderLists } from "./lists";
import type { Mailbox } from "./mailbox";
import { overlaid, type Seen } from "./overlay";
import type { Topics } from "./topics";

/** The mailbox as the person sees it: what is committed with the own acts on top, threads in the order of their folders. */
export class Sight {
  readonly lists = new FolderLists();
  readonly #seen = new Map<Id, Seen>();

  constructor(private readonly topics: Topics) {}

  of(threadId: Id): Seen | undefined {
    return this.#seen.get(threadId);
  }

  clear(): void {
    this.lists.clear();
    this.#seen.clear();
  }

  /** Looks at one thread again after something about it changed, and tells whom it concerns. Answers the thread when it changed. */
  refresh(threadId: Id, mailbox: Mailbox, me: Id, acts: readonly Pending[]): Thread | undefined {
    const committed = mailbox.threads.get(threadId);
    const before = this.#seen.get(threadId);
    if (committed === undefined) return;
    const after = overlaid(me, { thread: committed, window: mailbox.windows.get(threadId) }, acts);
    this.#seen.set(threadId, after);
    if (before === undefined || before.window !== after.window) this.topics.touch(`messages:${threadId}`);
    if (before?.thread === after.thread) return;
    this.lists.replace(before?.thread, after.thread);
    this.topics.touch(`thread:${threadId}`, `draft:${threadId}`, `folder:${after.thread.folder}`, "head");
    if (before && before.thread.folder !== after.thread.folder) this.topics.touch(`folder:${before.thread.folder}`);
    return after.thread;
  }

  /** The counts with own acts done: the badge goes down with the click, and equals what the list shows. */
  head(mailbox: Mailbox, busy: readonly Id[]): MailboxHead {
    const unread = { ...mailbox.head.unread };
    for (const id of busy) {
      const [committed, seen] = [mailbox.threads.get(id), this.#seen.get(id)?.thread];
      if (committed && counts(committed)) unread[committed.folder] -= 1;
      if (seen && counts(seen)) unread[seen.folder] += 1;
    }
    return { seq: mailbox.cursor, unread };
  }
}
