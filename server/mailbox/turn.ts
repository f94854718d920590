import { type Action, type LogEntry, messagesTouched, threadOf } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { OutboxEntry } from "@/domain/outbox";
import { type MailboxHead, reduce, type Slice } from "@/domain/reduce";
import type { Thread } from "@/domain/thread";
import { RowChanges } from "./cells";
import { type MakerRecord, makerRecord, project } from "./project";
import type { MailboxRow, MessagePage } from "./row";
import { logKey } from "./schema";

/** What a plan may see of the mailbox while it decides: the state as of now, earlier plans of the same turn included. */
export interface MailboxView {
  readonly user: Id;
  readonly head: MailboxHead;
  thread(id: Id): Promise<Thread | undefined>;
  threads(ids: readonly Id[]): Promise<ReadonlyMap<Id, Thread>>;
  message(threadId: Id, id: Id): Promise<Message | undefined>;
  messagePage(threadId: Id, page: MessagePage): Promise<Message[]>;
  maker(maker: string): Promise<MakerRecord | undefined>;
  /** What it owes under this key of its outbox. */
  owed(key: string): Promise<OutboxEntry | undefined>;
}

/** What the owner remembers of its row between turns, so that a warm mailbox is not read again. */
export interface Remembered {
  head: MailboxHead;
  readonly threads: { get(id: Id): Thread | undefined; set(id: Id, thread: Thread): unknown };
  readonly messages: { get(id: Id): Message | undefined; set(id: Id, message: Message): unknown };
}

/** One stretch of work of an owner: actions pile up here and become one row mutation. Nothing is remembered before it is durable. */
export class Turn implements MailboxView {
  readonly entries: LogEntry[] = [];
  readonly changes = new RowChanges();
  readonly outbox = new Map<string, OutboxEntry | null>();
  readonly #threads = new Map<Id, Thread>();
  readonly #messages = new Map<Id, Message>();
  readonly #makers = new Map<string, MakerRecord>();
  #head: MailboxHead;

  constructor(
    private readonly row: MailboxRow,
    private readonly remembered: Remembered,
  ) {
    this.#head = remembered.head;
  }

  /** Threads as this turn leaves them. */
  get touched(): ReadonlyMap<Id, Thread> {
    return this.#threads;
  }
  get user(): Id {
    return this.row.user;
  }
  get head(): MailboxHead {
    return this.#head;
  }

  async thread(id: Id): Promise<Thread | undefined> {
    return (await this.threads([id])).get(id);
  }

  async threads(ids: readonly Id[]): Promise<ReadonlyMap<Id, Thread>> {
    const found = new Map<Id, Thread>();
    for (const id of ids) {
      const known = this.#threads.get(id) ?? this.remembered.threads.get(id);
      if (known !== undefined) found.set(id, known);
    }
    for (const [id, thread] of await this.row.threads(ids.filter((id) => !found.has(id)))) {
      this.remembered.threads.set(id, thread);
      found.set(id, thread);
    }
    return found;
  }

  async message(threadId: Id, id: Id): Promise<Message | undefined> {
    const known = this.#messages.get(id) ?? this.remembered.messages.get(id);
    if (known !== undefined) return known.threadId === threadId ? known : undefined;
    return (await this.row.messages(threadId, [id]))[0];
  }

  async messagePage(threadId: Id, page: MessagePage): Promise<Message[]> {
    const stored = await this.row.messagePage(threadId, page);
    const fresh = [...this.#messages.values()].filter((message) => message.threadId === threadId && within(message.id, page));
    if (fresh.length === 0) return stored;
    const merged = new Map([...stored, ...fresh].map((message) => [message.id, message]));
    const sorted = [...merged.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return page.after === undefined ? sorted.slice(-page.limit) : sorted.slice(0, page.limit);
  }

  async maker(maker: string): Promise<MakerRecord | undefined> {
    return this.#makers.get(maker) ?? this.row.maker(maker);
  }

  async owed(key: string): Promise<OutboxEntry | undefined> {
    const changed = this.outbox.get(key);
    if (changed !== undefined) return changed ?? undefined;
    const [first] = await this.row.outbox(1, key);
    return first?.key === key ? first.entry : undefined;
  }

  /** Applies an action and writes down what it changes. `record` is false when the action is in the log already (replay). */
  async apply(action: Action, record = true): Promise<LogEntry> {
    const before = await this.#slice(action);
    const after = reduce(before, action);
    const entry: LogEntry = { seq: after.head.seq, action };
    if (record) this.changes.put("log", logKey(entry.seq), action);
    project(before, after, entry, this.changes);
    this.#remember(after, entry);
    return entry;
  }

  /** Called when the mutation is durable: the next turn starts from here. */
  settle(): void {
    this.remembered.head = this.#head;
    for (const [id, thread] of this.#threads) this.remembered.threads.set(id, thread);
    for (const [id, message] of this.#messages) this.remembered.messages.set(id, message);
  }

  async #slice(action: Action): Promise<Slice> {
    const threadId = threadOf(action);
    const thread = await this.thread(threadId);
    const messages: Record<Id, Message> = {};
    for (const id of messagesTouched(action)) {
      const message = await this.message(threadId, id);
      if (message !== undefined) messages[id] = message;
    }
    const slice = { head: this.#head, messages, outbox: {} };
    return thread === undefined ? slice : { ...slice, thread };
  }

  #remember(after: Slice, entry: LogEntry): void {
    this.#head = after.head;
    if (after.thread !== undefined) this.#threads.set(after.thread.id, after.thread);
    for (const message of Object.values(after.messages)) this.#messages.set(message.id, message);
    for (const [key, owed] of Object.entries(after.outbox)) this.outbox.set(key, owed);
    this.#makers.set(entry.action.maker, makerRecord(entry));
    this.entries.push(entry);
  }
}

const within = (id: Id, { before, after }: MessagePage): boolean => (before === undefined || id < before) && (after === undefined || id > after);
