import { type LogEntry, threadOf } from "@/domain/action";
import type { Id, Random } from "@/domain/id";
import { EMPTY_HEAD, type MailboxHead } from "@/domain/reduce";
import type { Folder, Thread } from "@/domain/thread";
import type { Pending } from "./acts";
import { Follower } from "./follower";
import { LIMITS, type Limits } from "./limits";
import { Loads } from "./loads";
import { Mailbox } from "./mailbox";
import { OpenWindows } from "./open-windows";
import type { Seen } from "./overlay";
import type { MailboxApi, Timers } from "./ports";
import { Reader } from "./reader";
import { type Part, Renewal } from "./renewal";
import { Sight } from "./sight";
import type { Topic, Topics } from "./topics";
import type { FolderView, MessagesView, ThreadView } from "./types";
import { folderView, messagesView, type Progress, threadView } from "./views";
import { trimmed } from "./window";

export interface LedgerDeps {
  readonly api: MailboxApi;
  readonly timers: Timers;
  readonly random: Random;
  readonly topics: Topics;
  readonly limits?: Limits;
  /** What the person has done in a thread and is not committed; and the threads where there is any. */
  readonly acts: (threadId: Id) => readonly Pending[];
  readonly busy: () => readonly Id[];
  /** An entry was applied, or all up to a position were skipped. */
  readonly applied: (entry: LogEntry) => void;
  readonly skipped: (seq: number) => void;
  /** A thread has come or changed. */
  readonly met: (thread: Thread) => void;
}

type LoadKey = "sync" | "counts" | Part;

/**
 * What of the mailbox is here: it follows the log, reads the parts the screen wants, and makes the views the screen draws. Each view is the
 * same object until what it shows changes.
 */
export class Ledger {
  readonly #sight: Sight;
  readonly #loads: Loads<LoadKey>;
  readonly #follower: Follower;
  readonly #reader: Reader;
  readonly #windows: OpenWindows;
  readonly #renewal: Renewal;
  readonly #begun: Promise<void>;
  #begin: () => void = () => {};
  #mailbox: Mailbox | undefined;
  #me: Id = "";

  constructor(private readonly deps: LedgerDeps) {
    const { api, topics, timers, random, limits = LIMITS } = deps;
    this.#begun = new Promise((begin) => {
      this.#begin = begin;
    });
    this.#sight = new Sight(topics);
    this.#loads = new Loads({ timers, random, changed: (key) => this.#loaded(key) });
    this.#windows = new OpenWindows(limits, (threadId, keep) => this.#trim(threadId, keep));
    this.#reader = new Reader({ api, limits, now: () => this.#mailbox, at: (seq) => this.#at(seq), placed: (ids, ...more) => this.refresh(ids, ...more) });
    this.#renewal = new Renewal({ limits, timers, topics, reader: this.#reader, run: (part, attempt) => this.#loads.run(part, attempt) });
    this.#follower = new Follower({
      limits,
      sync: (since, limit) => api.sync(since, limit),
      cursor: () => this.cursor,
      apply: (entry) => this.#apply(entry),
      together: (change) => topics.together(change),
      reset: () => this.#reset(),
      start: (catchUp) => this.#loads.run("sync", catchUp),
    });
  }

  /** The position everything here is at. */
  get cursor(): number {
    return this.#mailbox?.cursor ?? 0;
  }
  get hasBegun(): boolean {
    return this.#mailbox !== undefined;
  }

  begin(me: Id, head: MailboxHead): void {
    this.#me = me;
    this.#mailbox = new Mailbox(head, this.deps.limits);
    this.deps.topics.touchAll();
    this.#begin();
  }

  push(entries: readonly LogEntry[]): void {
    this.#follower.push(entries);
  }

  reach(seq: number): Promise<void> {
    return this.#follower.reach(seq);
  }

  /** Reads what came meanwhile, and what could not be read. */
  goOn(): void {
    this.#loads.again();
    this.#follower.catchUp();
  }

  stop(): void {
    this.#loads.stop();
  }

  head(): MailboxHead {
    return this.deps.topics.view("head", () => (this.#mailbox ? this.#sight.head(this.#mailbox, this.deps.busy()) : EMPTY_HEAD));
  }

  folder(folder: Folder): FolderView {
    const key = `folder:${folder}` as const;
    return this.deps.topics.view(key, () => folderView(folder, this.#sight.lists, this.#mailbox?.horizons.get(folder), this.#progress(key)));
  }

  thread(threadId: Id): ThreadView {
    const key = `thread:${threadId}` as const;
    return this.deps.topics.view(key, () => threadView(this.seen(threadId)?.thread, this.#progress(key)));
  }

  messages(threadId: Id): MessagesView {
    const key = `messages:${threadId}` as const;
    return this.deps.topics.view(key, () => {
      const seen = this.seen(threadId);
      return messagesView(seen && { ...seen, me: this.#me, acts: this.deps.acts(threadId) }, this.#progress(key));
    });
  }

  /** A thread with own acts done; undefined while it is not here. */
  seen(threadId: Id): Seen | undefined {
    return this.#sight.of(threadId);
  }

  watchFolder(folder: Folder): void {
    if (this.#mailbox?.horizons.has(folder)) return;
    const isThere = () => true;
    this.#loads.run(`folder:${folder}`, this.#reader.folder(folder, isThere));
  }

  moreThreads(folder: Folder): void {
    const next = this.#mailbox?.horizons.get(folder)?.next;
    if (next === undefined) return;
    const isFurther = (horizon: { next?: string }) => horizon.next !== next;
    this.#loads.run(`folder:${folder}`, this.#reader.folder(folder, isFurther));
  }

  watchThread(threadId: Id): void {
    if (!this.#mailbox?.threads.has(threadId)) this.#loads.run(`thread:${threadId}`, this.#reader.thread(threadId));
  }

  /** Loads the newest messages, and keeps all that gets loaded until the returned function is called. */
  watchMessages(threadId: Id): () => void {
    const close = this.#windows.open(threadId);
    this.#load(threadId);
    return close;
  }

  olderMessages(threadId: Id): void {
    const floor = this.#mailbox?.windows.get(threadId)?.floor;
    if (!floor) return;
    const isFurther = (window: { floor: Id }) => window.floor < floor;
    this.#loads.run(`messages:${threadId}`, this.#reader.messages(threadId, isFurther));
  }

  /** Reads again what could not be read. */
  again(...parts: readonly Part[]): void {
    this.#loads.again(...parts);
  }

  /** Puts in a thread that an answer brought along; gives it as it is by now. */
  async place(thread: Thread, seq: number): Promise<Thread> {
    if (!(await this.#reader.place(thread, seq))) this.watchThread(thread.id);
    return this.seen(thread.id)?.thread ?? thread;
  }

  /** Looks at these threads again, and tells those topics besides. */
  refresh(threadIds: readonly Id[], ...topics: readonly Topic[]): void {
    this.deps.topics.together(() => {
      for (const threadId of threadIds) this.#look(threadId);
      this.deps.topics.touch(...topics);
    });
  }

  async #at(seq: number): Promise<Mailbox> {
    await this.#begun;
    await this.#follower.reach(seq);
    return this.#mailbox as Mailbox;
  }

  #apply(entry: LogEntry): void {
    const threadId = threadOf(entry.action);
    if (!this.#mailbox?.apply(entry)) {
      this.#load(threadId);
      this.#loads.run("counts", this.#reader.counts());
    }
    this.deps.applied(entry);
    this.refresh([threadId], "head");
  }

  /** Reads a thread, and its newest messages when it is open. */
  #load(threadId: Id): void {
    this.watchThread(threadId);
    if (!this.#windows.isOpen(threadId) || this.#mailbox?.windows.has(threadId)) return;
    const isThere = () => true;
    this.#loads.run(`messages:${threadId}`, this.#reader.messages(threadId, isThere));
  }

  #look(threadId: Id): void {
    if (this.#mailbox === undefined) return;
    const thread = this.#sight.refresh(threadId, this.#mailbox, this.#me, this.deps.acts(threadId));
    if (thread) this.deps.met(thread);
  }

  #trim(threadId: Id, keep: number): void {
    const window = this.#mailbox?.windows.get(threadId);
    if (window === undefined) return;
    if (keep === 0) this.#mailbox?.windows.delete(threadId);
    else this.#mailbox?.windows.set(threadId, trimmed(window, keep));
    this.refresh([threadId]);
  }

  /** The log from here on is too long or gone. */
  async #reset(): Promise<void> {
    const { head } = await this.deps.api.open();
    const before = this.#mailbox;
    this.#renewal.begin();
    this.#mailbox = new Mailbox(head, this.deps.limits);
    this.#sight.clear();
    this.deps.skipped(head.seq);
    if (before) this.#renewal.read(before, this.#windows.ids());
  }

  #loaded(key: LoadKey): void {
    if (key === "sync" || key === "counts") return;
    this.deps.topics.touch(key);
    if (!this.#loads.isRunning(key)) this.#renewal.ended(key);
  }

  #progress(part: Part): Progress {
    return { running: this.#loads.isRunning(part), failure: this.#loads.failure(part) };
  }
}
