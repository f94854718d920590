import type { Id } from "@/domain/id";
import type { Folder, Thread } from "@/domain/thread";
import { failureOf } from "../api/failure";
import type { Limits } from "./limits";
import type { Attempt } from "./loads";
import type { Horizon, Mailbox } from "./mailbox";
import type { MailboxApi } from "./ports";
import type { Topic } from "./topics";
import type { Window } from "./window";

export interface ReaderDeps {
  readonly api: MailboxApi;
  readonly limits: Limits;
  /** The mailbox once everything up to `seq` is applied to it. */
  readonly at: (seq: number) => Promise<Mailbox>;
  /** The mailbox as it is; undefined until it was opened. */
  readonly now: () => Mailbox | undefined;
  /** Something new is in its place: these threads, and these topics beside them. */
  readonly placed: (threadIds: readonly Id[], ...topics: readonly Topic[]) => void;
}

/** Reads parts of the mailbox and puts them in their place. Each attempt answers false when what it read was too old to use. */
export class Reader {
  constructor(private readonly deps: ReaderDeps) {}

  /** Pages of a folder, from where it is loaded to on, until it is loaded far enough. */
  folder(folder: Folder, isEnough: (horizon: Horizon) => boolean, limit = this.deps.limits.page): Attempt {
    return async () => {
      for (;;) {
        const horizon = this.deps.now()?.horizons.get(folder);
        if (horizon && (horizon.next === undefined || isEnough(horizon))) return true;
        const page = await this.deps.api.threads({ folder, limit, ...(horizon && { before: horizon.next }) });
        if (!(await this.deps.at(page.seq)).placeFolder(folder, horizon?.next, page, page.seq)) return false;
        this.deps.placed(
          page.threads.map(({ id }) => id),
          `folder:${folder}`,
        );
      }
    };
  }

  thread(threadId: Id): Attempt {
    return async () => {
      if (this.deps.now()?.threads.has(threadId)) return true;
      const { thread, seq } = await this.#ask(() => this.deps.api.thread(threadId));
      return this.place(thread, seq);
    };
  }

  async place(thread: Thread, seq: number): Promise<boolean> {
    const placed = (await this.deps.at(seq)).placeThread(thread, seq);
    this.deps.placed([thread.id]);
    return placed;
  }

  /** Pages of messages, from the newest or from where they are loaded to back, until they are loaded far enough. */
  messages(threadId: Id, isEnough: (window: Window) => boolean, limit = this.deps.limits.page): Attempt {
    return async () => {
      for (;;) {
        const window = this.deps.now()?.windows.get(threadId);
        if (window && (window.floor === "" || isEnough(window))) return true;
        const page = await this.#ask(() => this.deps.api.messages({ threadId, limit, ...(window && { before: window.floor }) }));
        if (!(await this.deps.at(page.seq)).placeMessages(threadId, window?.floor, page, page.seq)) return false;
        this.deps.placed([threadId]);
      }
    };
  }

  counts(): Attempt {
    return async () => {
      if (this.deps.now()?.headKnown) return true;
      const { head } = await this.deps.api.open();
      const placed = (await this.deps.at(head.seq)).placeHead(head);
      this.deps.placed([], "head");
      return placed;
    };
  }

  /** That a thread was unknown before the mailbox was opened does not say that it is now: the log in between is not known here. */
  async #ask<T>(call: () => Promise<T>): Promise<T> {
    const early = this.deps.now() === undefined;
    try {
      return await call();
    } catch (error) {
      if (!early || failureOf(error)?.code !== "thread/unknown") throw error;
      await this.deps.at(0);
      return call();
    }
  }
}
