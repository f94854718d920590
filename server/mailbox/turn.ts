import { type Action, type Block, type LogEntry, messagesTouched, threadOf } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { OutboxEntry } from "@/domain/outbox";
import { type MailboxHead, reduce, type Slice } from "@/domain/reduce";
import type { Thread } from "@/domain/thread";
import { RowChanges } from "./cells";
import { type MakerRecord, makerRecord, project } from "./project";
import type { MailboxRow, MessagePage } from "./row";
import { logKey, messageKey } from "./schema";

/** What a plan may see of the mailbox while it decides: the state as of now, earlier plans of the same turn and the archive included. */
export interface MailboxView {
  readonly user: Id;
  readonly head: MailboxHead;
  thread(id: Id): Promise<Thread | undefined>;
  threads(ids: readonly Id[]): Promise<ReadonlyMap<Id, Thread>>;
  message(threadId: Id, id: Id): Promise<Message | undefined>;
  messagePage(threadId: Id, page: MessagePage): Promise<Message[]>;
  /** What the head holds of a stretch of a thread that is not archived, both ends included. */
  stretch(threadId: Id, ends: Pick<Block, "from" | "upTo">): Promise<Message[]>;
  maker(maker: string): Promise<MakerRecord | undefined>;
  /** What it owes under this key of its outbox. */
  owed(key: string): Promise<OutboxEntry | undefined>;
}

/** What the owner remembers of its row between turns, so that a warm mailbox is not read again. */
export interface Remembered {
  head: MailboxHead;
  readonly threads: { get(id: Id): Thread | undefined; set(id: Id, thread: Thread): unknown };
  /** By `messageKey`. */
  readonly messages: { get(key: string): Message | undefined; set(key: string, message: Message): unknown };
}

/** One stretch of work of an owner: actions pile up here and become one row mutation. Nothing is remembered before it is durable. */
export class Turn implements MailboxView {
  readonly entries: LogEntry[] = [];
  readonly changes = new RowChanges();
  readonly outbox = new Map<string, OutboxEntry | null>();
  readonly #threads = new Map<Id, Thread>();
  readonly #messages = new Map<string, Message>();
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

  /** A message that changed after it was archived is in the head again, and that is the one. */
  async message(threadId: Id, id: Id): Promise<Message | undefined> {
    const key = messageKey(threadId, id);
    const known = this.#messages.get(key) ?? this.remembered.messages.get(key) ?? (await this.row.messages(threadId, [id]))[0];
    if (known !== undefined) return known;
    const archived = (await this.thread(threadId))?.archived;
    return archived && id >= archived.from && id <= archived.upTo ? this.row.archive.message(threadId, id) : undefined;
  }

  async messagePage(threadId: Id, page: MessagePage): Promise<Message[]> {
    const held = merged(
      page,
      await this.row.messagePage(threadId, page),
      this.#fresh(threadId, (id) => within(id, page)),
    );
    const archived = (await this.thread(threadId))?.archived;
    if (archived === undefined || !reaches(page, held, archived)) return held;
    return merged(page, await this.row.archive.page(threadId, page), held);
  }

  async stretch(threadId: Id, { from, upTo }: Pick<Block, "from" | "upTo">): Promise<Message[]> {
    const stored = await this.row.stretch(threadId, from, upTo);
    return byId([...stored, ...this.#fresh(threadId, (id) => id >= from && id <= upTo)]);
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
    for (const [key, message] of this.#messages) this.remembered.messages.set(key, message);
  }

  async #slice(action: Action): Promise<Slice> {
    const threadId = threadOf(action);
    const thread = await this.thread(threadId);
    const messages: Record<Id, Message> = {};
    if (action.type === "MessagesArchived") for (const message of await this.stretch(threadId, action.block)) messages[message.id] = message;
    for (const id of messagesTouched(action)) {
      const message = await this.message(threadId, id);
      if (message !== undefined) messages[id] = message;
    }
    const slice = { head: this.#head, messages, outbox: {} };
    return thread === undefined ? slice : { ...slice, thread };
  }

  #fresh(threadId: Id, wanted: (id: Id) => boolean): Message[] {
    return [...this.#messages.values()].filter((message) => message.threadId === threadId && wanted(message.id));
  }

  #remember(after: Slice, entry: LogEntry): void {
    this.#head = after.head;
    if (after.thread !== undefined) this.#threads.set(after.thread.id, after.thread);
    for (const message of Object.values(after.messages)) this.#messages.set(messageKey(message.threadId, message.id), message);
    for (const [key, owed] of Object.entries(after.outbox)) this.outbox.set(key, owed);
    this.#makers.set(entry.action.maker, makerRecord(entry));
    this.entries.push(entry);
  }
}

const within = (id: Id, { before, after }: MessagePage): boolean => (before === undefined || id < before) && (after === undefined || id > after);

/** Whether the page may have to be filled from the archive: what the head gave does not end before it. */
function reaches({ before, after, limit }: MessagePage, held: readonly Message[], archived: { from: Id; upTo: Id }): boolean {
  if ((after !== undefined && after >= archived.upTo) || (before !== undefined && before <= archived.from)) return false;
  if (held.length < limit) return true;
  return after === undefined ? (held[0] as Message).id <= archived.upTo : (held.at(-1) as Message).id >= archived.from;
}

/** One page of two, in which a message may be twice: the `newer` one counts. */
function merged({ after, limit }: MessagePage, older: readonly Message[], newer: readonly Message[]): Message[] {
  const all = newer.length === 0 ? [...older] : byId([...older, ...newer]);
  return after === undefined ? all.slice(-limit) : all.slice(0, limit);
}

/** By rising id, the last one of each. */
const byId = (messages: readonly Message[]): Message[] =>
  [...new Map(messages.map((message) => [message.id, message])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
