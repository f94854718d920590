import { type LogEntry, threadOf } from "@/domain/action";
import type { ParticipantId } from "@/domain/address";
import type { Clock, Id, IdMinter, Random } from "@/domain/id";
import { EMPTY_HEAD, type MailboxHead } from "@/domain/reduce";
import type { Folder, Thread } from "@/domain/thread";
import { Company, type Signals } from "./company";
import { Follower } from "./follower";
import { LIMITS, type Limits } from "./limits";
import { Line } from "./line";
import { Loads } from "./loads";
import { Mailbox } from "./mailbox";
import { OpenWindows } from "./open-windows";
import type { Seen } from "./overlay";
import { Own } from "./own";
import { People } from "./people";
import type { MailboxApi, Shelf, Timers } from "./ports";
import { Reader } from "./reader";
import { Sight } from "./sight";
import { type Topic, Topics } from "./topics";
import type { FolderView, Me, MessagesView, ThreadView } from "./types";
import { folderView, messagesView, type Progress, threadView } from "./views";
import { trimmed } from "./window";

export interface ReplicaDeps {
  readonly api: MailboxApi;
  readonly signals: Signals;
  readonly shelf: Shelf;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly random: Random;
  readonly mint: IdMinter;
  readonly limits?: Limits;
  /** Somebody else has signed in in this browser: nothing on the screen is theirs. */
  readonly changedHands: () => void;
}

/** What can be read. The parts of the mailbox are named as the topics they change. */
type LoadKey = "greet" | "sync" | "counts" | PartKey;
type PartKey = `folder:${Folder}` | `thread:${Id}` | `messages:${Id}`;

/** An answer often overtakes the entry it speaks of; only after so many milliseconds the entry is asked for. */
const OVERTAKEN = 250;
/** Beginning anew holds the screen still for at most so many milliseconds. */
const STILL = 3_000;

/**
 * The mailbox in the browser: what is committed, all as of one position of the log; on top of it what the person has done since; and the
 * views the screen draws, each the same object until what it shows changes. It knows no DOM and no socket.
 */
export class Replica {
  readonly topics = new Topics();
  readonly people: People;
  readonly company: Company;
  readonly line: Line;
  readonly #sight = new Sight(this.topics);
  readonly #loads: Loads<LoadKey>;
  readonly #follower: Follower;
  readonly #reader: Reader;
  readonly #windows: OpenWindows;
  readonly #renewing = new Set<LoadKey>();
  readonly #begun: Promise<void>;
  #begin: () => void = () => {};
  #release: () => void = () => {};
  #mailbox: Mailbox | undefined;
  #own: Own | undefined;

  constructor(readonly deps: ReplicaDeps) {
    const { api, clock, timers, random, limits = LIMITS } = deps;
    const touch = this.topics.touch.bind(this.topics);
    this.#begun = new Promise((begin) => {
      this.#begin = begin;
    });
    this.people = new People({ many: (ids) => api.people(ids), clock, timers, touch });
    this.company = new Company({ signals: deps.signals, clock, timers, touch });
    this.line = new Line(clock, () => touch("connection"));
    this.#loads = new Loads({ timers, random, changed: (key) => this.#loaded(key) });
    this.#windows = new OpenWindows(limits, (threadId, keep) => this.#trim(threadId, keep));
    this.#follower = new Follower({
      limits,
      sync: (since, limit) => api.sync(since, limit),
      cursor: () => this.#mailbox?.cursor ?? 0,
      apply: (entry) => this.#apply(entry),
      together: (change) => this.topics.together(change),
      reset: () => this.#reset(),
      start: (catchUp) => this.#loads.run("sync", catchUp),
    });
    this.#reader = new Reader({ api, limits, now: () => this.#mailbox, at: (seq) => this.#at(seq), placed: (...places) => this.#placed(...places) });
  }

  // The session

  /** Finds out who is signed in and goes on from there. Also called when no socket can be had: then it goes by HTTP, and so do messages. */
  greet(): void {
    this.#loads.run("greet", async () => {
      if (this.line.greeted) return true;
      if (await this.line.greet(() => this.#greeting())) this.#goOn();
      return true;
    });
  }

  connected(): void {
    this.line.connected();
    this.company.connected();
    this.greet();
  }

  disconnected(): void {
    this.line.lost();
    this.#own?.outgoing.close();
    this.company.disconnected();
  }

  refused(): void {
    this.line.refused();
    this.greet();
  }

  /** The page is looked at again: it may have slept. */
  woke(): void {
    if (this.line.greeted) this.#follower.catchUp();
  }

  /** Entries that came by themselves. Until the connection is known to be this person's they may be anybody's. */
  entries(entries: readonly LogEntry[]): void {
    if (this.line.greeted) this.#follower.push(entries);
  }

  stop(): void {
    this.disconnected();
    this.#own?.drafts.flush();
    this.#loads.stop();
  }

  // What the screen draws

  me(): Me | undefined {
    return this.#own?.me;
  }

  head(): MailboxHead {
    return this.topics.view("head", () => (this.#mailbox ? this.#sight.head(this.#mailbox, this.#own?.outgoing.threads() ?? []) : EMPTY_HEAD));
  }

  folder(folder: Folder): FolderView {
    const key = `folder:${folder}` as const;
    return this.topics.view(key, () => folderView(folder, this.#sight.lists, this.#mailbox?.horizons.get(folder), this.#progress(key)));
  }

  thread(threadId: Id): ThreadView {
    const key = `thread:${threadId}` as const;
    return this.topics.view(key, () => threadView(this.seen(threadId)?.thread, this.#progress(key)));
  }

  messages(threadId: Id): MessagesView {
    const key = `messages:${threadId}` as const;
    return this.topics.view(key, () => {
      const [seen, own] = [this.seen(threadId), this.#own];
      return messagesView(seen && own && { ...seen, me: own.me.id, acts: own.outgoing.of(threadId) }, this.#progress(key));
    });
  }

  typing(threadId: Id): readonly ParticipantId[] {
    return this.topics.view(`typing:${threadId}`, () => this.company.typingIn(threadId));
  }

  draft(threadId: Id): string {
    return this.#own?.drafts.local(threadId) ?? this.seen(threadId)?.thread.draft?.text ?? "";
  }

  /** A thread as the person sees it: own acts done. */
  seen(threadId: Id): Seen | undefined {
    return this.#sight.of(threadId);
  }

  get own(): Own | undefined {
    return this.#own;
  }

  // What the screen wants

  watchFolder(folder: Folder): void {
    if (!this.#mailbox?.horizons.has(folder))
      this.#loads.run(
        `folder:${folder}`,
        this.#reader.folder(folder, () => true),
      );
  }

  moreThreads(folder: Folder): void {
    const next = this.#mailbox?.horizons.get(folder)?.next;
    if (next !== undefined)
      this.#loads.run(
        `folder:${folder}`,
        this.#reader.folder(folder, (horizon) => horizon.next !== next),
      );
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
    if (floor)
      this.#loads.run(
        `messages:${threadId}`,
        this.#reader.messages(threadId, (window) => window.floor < floor),
      );
  }

  /** Reads again what could not be read. */
  again(...keys: readonly PartKey[]): void {
    this.#loads.again(...keys);
  }

  /** Puts in a thread that an answer brought along; gives it as it is by now. */
  async place(thread: Thread, seq: number): Promise<Thread> {
    if (!(await this.#reader.place(thread, seq))) this.watchThread(thread.id);
    return this.seen(thread.id)?.thread ?? thread;
  }

  /** Something was committed at this position. It is on its way here; if it does not come, it is asked for. */
  committed(seq: number): void {
    this.#own?.outgoing.passed(this.#mailbox?.cursor ?? 0);
    if (seq > (this.#mailbox?.cursor ?? 0)) this.deps.timers.after(OVERTAKEN, () => void this.#follower.reach(seq));
  }

  // Inside

  async #greeting(): Promise<boolean> {
    const { api, changedHands } = this.deps;
    const [me, opened] = await Promise.all([api.me(), this.#mailbox ? undefined : api.open()]);
    if (this.#own === undefined) this.#become(me, opened?.head ?? EMPTY_HEAD);
    else if (this.#own.me.id !== me.id) changedHands();
    else this.#own.me = me;
    this.topics.touch("me");
    return this.#own?.me.id === me.id;
  }

  #become(me: Me, head: MailboxHead): void {
    this.#mailbox = new Mailbox(head, this.deps.limits);
    this.#own = new Own(me, {
      ...this.deps,
      seen: (threadId) => this.seen(threadId),
      actsChanged: (threadId) => this.#actsChanged(threadId),
      draftChanged: (threadId) => this.topics.touch(`draft:${threadId}`),
      committed: (seq) => this.committed(seq),
    });
    this.people.know([me]);
    this.topics.touchAll();
    this.#begin();
  }

  /** The connection stands and is this person's. */
  #goOn(): void {
    this.#own?.outgoing.open();
    this.#own?.drafts.flush();
    this.#loads.again();
    this.people.again();
    this.#follower.catchUp();
  }

  async #at(seq: number): Promise<Mailbox> {
    await this.#begun;
    await this.#follower.reach(seq);
    return this.#mailbox as Mailbox;
  }

  #apply(entry: LogEntry): void {
    const { action } = entry;
    const threadId = threadOf(action);
    if (!this.#mailbox?.apply(entry)) {
      this.#load(threadId);
      this.#loads.run("counts", this.#reader.counts());
    }
    this.#own?.outgoing.committed(threadId, action);
    this.#own?.outgoing.passed(entry.seq);
    if (action.type === "MessageArrived") this.company.stopped(threadId, action.message.from);
    this.#placed([threadId], "head");
  }

  /** Reads a thread, and its newest messages when it is open. */
  #load(threadId: Id): void {
    this.watchThread(threadId);
    if (this.#windows.isOpen(threadId) && !this.#mailbox?.windows.has(threadId))
      this.#loads.run(
        `messages:${threadId}`,
        this.#reader.messages(threadId, () => true),
      );
  }

  #placed(threadIds: readonly Id[], ...topics: readonly Topic[]): void {
    this.topics.together(() => {
      for (const threadId of threadIds) this.#refresh(threadId);
      this.topics.touch(...topics);
    });
  }

  #actsChanged(threadId: Id): void {
    this.#placed([threadId], `messages:${threadId}`, "head");
  }

  #refresh(threadId: Id): void {
    if (this.#mailbox === undefined || this.#own === undefined) return;
    const thread = this.#sight.refresh(threadId, this.#mailbox, this.#own.me.id, this.#own.outgoing.of(threadId));
    if (thread) this.people.name(thread.names);
  }

  #trim(threadId: Id, keep: number): void {
    const window = this.#mailbox?.windows.get(threadId);
    if (window === undefined) return;
    if (keep === 0) this.#mailbox?.windows.delete(threadId);
    else this.#mailbox?.windows.set(threadId, trimmed(window, keep));
    this.#placed([threadId]);
  }

  /** The log from here is too long or gone: reads again what is loaded, as far as it was loaded, behind a screen that stands still meanwhile. */
  async #reset(): Promise<void> {
    const { head } = await this.deps.api.open();
    const before = this.#mailbox;
    this.#release();
    this.#release = this.topics.hold();
    this.#mailbox = new Mailbox(head, this.deps.limits);
    this.#sight.clear();
    this.#own?.outgoing.passed(head.seq);
    const { longPage } = this.deps.limits ?? LIMITS;
    for (const [folder, { key }] of before?.horizons ?? [])
      this.#renew(
        `folder:${folder}`,
        this.#reader.folder(folder, (horizon) => horizon.key <= key, longPage),
      );
    for (const threadId of this.#windows.ids()) {
      const { floor } = before?.windows.get(threadId) ?? { floor: "~" };
      this.#renew(
        `messages:${threadId}`,
        this.#reader.messages(threadId, (window) => window.floor <= floor, longPage),
      );
    }
    for (const threadId of this.#onScreen()) this.#renew(`thread:${threadId}`, this.#reader.thread(threadId));
    this.deps.timers.after(STILL, () => this.#release());
    this.topics.touchAll();
  }

  #onScreen(): ReadonlySet<Id> {
    const watched = this.topics.watched().filter((topic) => topic.startsWith("thread:"));
    return new Set([...this.#windows.ids(), ...watched.map((topic) => topic.slice("thread:".length))]);
  }

  #renew(key: PartKey, attempt: () => Promise<boolean>): void {
    this.#renewing.add(key);
    this.#loads.run(key, attempt);
  }

  #loaded(key: LoadKey): void {
    if (key !== "greet" && key !== "sync" && key !== "counts") this.topics.touch(key);
    if (this.#loads.isRunning(key) || !this.#renewing.delete(key)) return;
    if (this.#renewing.size === 0) this.#release();
  }

  #progress(key: PartKey): Progress {
    return { running: this.#loads.isRunning(key), failure: this.#loads.failure(key) };
  }
}
