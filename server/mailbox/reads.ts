import type { LogEntry } from "@/domain/action";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { MailboxHead } from "@/domain/reduce";
import type { Folder, Thread } from "@/domain/thread";
import type { Mailboxes } from "./mailboxes";
import type { MessagePage } from "./row";

/** What a person may see of their own mailbox. Every answer tells the position in the log it belongs to. */
export class Reads {
  constructor(private readonly mailboxes: Mailboxes) {}

  async open(user: Id): Promise<{ head: MailboxHead }> {
    return this.mailboxes.read(user, async (view) => ({ head: view.head }));
  }

  async sync(user: Id, since: number, limit: number): Promise<{ entries: LogEntry[]; head: number }> {
    return this.mailboxes.read(user, async (view, row) => ({ entries: await row.log(since, limit), head: view.head.seq }));
  }

  async threads(user: Id, { folder, before, limit }: { folder: Folder; before?: string; limit: number }) {
    return this.mailboxes.read(user, async (view, row) => {
      const { ids, next } = await row.folder(folder, before, limit);
      const found = await view.threads(ids);
      return { threads: ids.flatMap((id) => found.get(id) ?? []), ...(next !== undefined && { next }), seq: view.head.seq };
    });
  }

  async thread(user: Id, threadId: Id): Promise<{ thread: Thread; seq: number }> {
    return this.mailboxes.read(user, async (view) => ({ thread: known(await view.thread(threadId)), seq: view.head.seq }));
  }

  async messages(user: Id, threadId: Id, { limit, ...page }: MessagePage): Promise<{ messages: Message[]; more: boolean; seq: number }> {
    return this.mailboxes.read(user, async (view) => {
      known(await view.thread(threadId));
      const messages = await view.messagePage(threadId, { ...page, limit: limit + 1 });
      const more = messages.length > limit;
      const kept = page.after === undefined ? messages.slice(-limit) : messages.slice(0, limit);
      return { messages: kept, more, seq: view.head.seq };
    });
  }
}

/** A thread that is not in one's own mailbox does not exist, whoever else may have it. */
export function known<T>(thread: T | undefined): T {
  if (thread === undefined) throw new AppError("thread/unknown");
  return thread;
}
