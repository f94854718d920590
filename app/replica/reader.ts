import type { Id } from "@/domain/id";
import type { Folder, Thread } from "@/domain/thread";
import type { Limits } from "./limits";
import type { Attempt } from "./loads";
import type { Mailbox } from "./mailbox";
import type { MailboxApi } from "./ports";
import type { Topic } from "./topics";

/** Above every key and id: reading down to here is one page. */
const TOP = "~";

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

  /** The next page of a folder, and those after it until it is loaded down to this key. */
  folder(folder: Folder, downTo = TOP): Attempt {
    return async () => {
      do {
        const horizon = this.deps.now()?.horizons.get(folder);
        if (horizon && horizon.next === undefined) return true;
        const page = await this.deps.api.threads({ folder, limit: this.#size(downTo), ...(horizon && { before: horizon.next }) });
        if (!(await this.deps.at(page.seq)).placeFolder(folder, horizon?.next, page, page.seq)) return false;
        this.deps.placed(
          page.threads.map(({ id }) => id),
          `folder:${folder}`,
        );
      } while ((this.deps.now()?.horizons.get(folder)?.key ?? ABOVE) > downTo);
      return true;
    };
  }

  thread(threadId: Id): Attempt {
    return async () => {
      const { thread, seq } = await this.deps.api.thread(threadId);
      return this.place(thread, seq);
    };
  }

  async place(thread: Thread, seq: number): Promise<boolean> {
    const placed = (await this.deps.at(seq)).placeThread(thread, seq);
    this.deps.placed([thread.id]);
    return placed;
  }

  /** The newest messages, or those before what is loaded, and on until all down to this id are here. */
  messages(threadId: Id, downTo = TOP): Attempt {
    return async () => {
      do {
        const before = this.deps.now()?.windows.get(threadId)?.floor;
        if (before === "") return true;
        const page = await this.deps.api.messages({ threadId, limit: this.#size(downTo), ...(before && { before }) });
        if (!(await this.deps.at(page.seq)).placeMessages(threadId, before, page, page.seq)) return false;
        this.deps.placed([threadId]);
      } while ((this.deps.now()?.windows.get(threadId)?.floor ?? ABOVE) > downTo);
      return true;
    };
  }

  counts(): Attempt {
    return async () => {
      const { head } = await this.deps.api.open();
      const placed = (await this.deps.at(head.seq)).placeHead(head);
      this.deps.placed([], "head");
      return placed;
    };
  }

  #size(downTo: string): number {
    return downTo === TOP ? this.deps.limits.page : this.deps.limits.longPage;
  }
}

/** What is not loaded at all is above everything. */
const ABOVE = `${TOP}~`;
