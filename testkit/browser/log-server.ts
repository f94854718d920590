import type { MailboxApi } from "@/app/replica/ports";
import type { Me } from "@/app/replica/types";
import { type Action, type LogEntry, messagesTouched, threadOf } from "@/domain/action";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { EMPTY_HEAD, emptySlice, folderKey, type MailboxHead, reduce } from "@/domain/reduce";
import type { Folder, Thread } from "@/domain/thread";

/** A server of one mailbox that holds its whole log and the full fold of it. It commits what it is given, sensible or not. */
export class LogServer implements MailboxApi {
  readonly log: LogEntry[] = [];
  readonly threadsById = new Map<Id, Thread>();
  readonly #messages = new Map<Id, Map<Id, Message>>();
  head: MailboxHead = EMPTY_HEAD;
  /** Every call by name, to count them. */
  readonly calls: string[] = [];

  constructor(private readonly user: Me) {}

  commit(action: Action): LogEntry {
    const threadId = threadOf(action);
    const stored = this.#messages.get(threadId) ?? new Map<Id, Message>();
    const messages = Object.fromEntries(messagesTouched(action).flatMap((id) => (stored.has(id) ? [[id, stored.get(id) as Message]] : [])));
    const thread = this.threadsById.get(threadId);
    const after = reduce({ ...emptySlice(this.head), messages, ...(thread && { thread }) }, action);
    if (after.thread) this.threadsById.set(threadId, after.thread);
    this.#messages.set(threadId, new Map([...stored, ...Object.entries(after.messages)]));
    this.head = after.head;
    const entry = { seq: this.head.seq, action };
    this.log.push(entry);
    return entry;
  }

  /** All threads of a folder in its order. */
  allThreads(folder: Folder): Thread[] {
    return [...this.threadsById.values()].filter((thread) => thread.folder === folder).sort((a, b) => (folderKey(a) > folderKey(b) ? -1 : 1));
  }

  /** All messages of a thread by rising id, deleted ones included. */
  allMessages(threadId: Id): Message[] {
    return [...(this.#messages.get(threadId)?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async me() {
    return this.user;
  }
  async open() {
    this.calls.push("open");
    return { head: this.head };
  }
  async sync(since: number, limit: number) {
    this.calls.push("sync");
    return { entries: this.log.slice(since, since + limit), head: this.head.seq };
  }
  async threads({ folder, before, limit }: { folder: Folder; before?: string; limit: number }) {
    this.calls.push("threads");
    const rest = this.allThreads(folder).filter((thread) => before === undefined || folderKey(thread) < before);
    const threads = rest.slice(0, limit);
    const last = threads.at(-1);
    return { threads, seq: this.head.seq, ...(threads.length === limit && last && { next: folderKey(last) }) };
  }
  async thread(threadId: Id) {
    this.calls.push("thread");
    const thread = this.threadsById.get(threadId);
    if (thread === undefined) throw new AppError("thread/unknown");
    return { thread, seq: this.head.seq };
  }
  async messages({ threadId, before, limit }: { threadId: Id; before?: Id; limit: number }) {
    this.calls.push("messages");
    if (!this.threadsById.has(threadId)) throw new AppError("thread/unknown");
    const rest = this.allMessages(threadId).filter(({ id }) => before === undefined || id < before);
    return { messages: rest.slice(-limit), more: rest.length > limit, seq: this.head.seq };
  }
  async act(): Promise<{ seq: number }> {
    throw new AppError("request/invalid");
  }
  async start(): Promise<{ thread: Thread; seq: number }> {
    throw new AppError("request/invalid");
  }
  retryDelivery = this.act;
  addPeople = this.act;
  leave = this.act;
  async people() {
    return [];
  }
}
