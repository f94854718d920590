import { type LogEntry, threadOf } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { emptySlice, folderKey, type MailboxHead, reduce } from "@/domain/reduce";
import { FOLDERS, type Folder, type Thread } from "@/domain/thread";
import { LIMITS } from "./limits";
import { type Shift, Tail } from "./tail";
import { advance, joined, type Window } from "./window";

/** How far a folder is loaded: all its threads whose key is at least `key`. `next` asks for the page after. */
export interface Horizon {
  readonly key: string;
  readonly next?: string;
}

/**
 * The committed part of the mailbox that is here: head, threads, message windows and folders, ALL as of `cursor`. Entries move everything
 * on together. An answer read at an earlier position is brought up to date from the tail of the log before it is put in, one read at a later position has
 * to wait; so nothing ever moves backwards and nothing is applied twice. No input or output happens here.
 */
export class Mailbox {
  readonly threads = new Map<Id, Thread>();
  readonly windows = new Map<Id, Window>();
  readonly horizons = new Map<Folder, Horizon>();
  /** False when a thread that is not here changed: what the head counts is to be asked for. */
  headKnown = true;
  #head: MailboxHead;
  readonly #tail: Tail;

  constructor(head: MailboxHead, { tail } = LIMITS) {
    this.#head = head;
    this.#tail = new Tail(head.seq, tail);
  }

  get head(): MailboxHead {
    return this.#head;
  }
  get cursor(): number {
    return this.#head.seq;
  }

  /** Applies the entry after the cursor. Answers false when its thread is not here and is to be asked for. */
  apply({ action }: LogEntry): boolean {
    const id = threadOf(action);
    const thread = this.threads.get(id);
    const after = thread && reduce({ ...emptySlice(this.#head), thread }, action);
    if (after?.thread) this.threads.set(id, after.thread);
    this.#tail.push({ action, shift: after && difference(this.#head, after.head) });
    this.#head = after?.head ?? { ...this.#head, seq: this.cursor + 1 };
    const window = this.windows.get(id);
    if (window) this.windows.set(id, advance(window, action));
    if (thread === undefined) this.headKnown = false;
    return thread !== undefined;
  }

  /** Each `place…` answers false when the answer is too old to be brought up to date: ask again. `seq` must not be beyond the cursor. */
  placeHead({ seq, unread }: MailboxHead): boolean {
    const shifts = this.#tail.covers(seq) ? this.#tail.since(seq).map(({ shift }) => shift) : [undefined];
    if (shifts.includes(undefined)) return false;
    this.#head = { seq: this.cursor, unread: shifts.reduce<MailboxHead["unread"]>(shifted, unread) };
    this.headKnown = true;
    return true;
  }

  placeThread(thread: Thread, seq: number): boolean {
    if (!this.#tail.covers(seq)) return false;
    if (!this.threads.has(thread.id)) this.threads.set(thread.id, this.#current(thread, seq));
    return true;
  }

  /** A page of a folder that went on from `from`, the `next` of the page before it. */
  placeFolder(folder: Folder, from: string | undefined, page: { threads: readonly Thread[]; next?: string }, seq: number): boolean {
    if (!this.#tail.covers(seq)) return false;
    const horizon = this.horizons.get(folder);
    if (horizon?.next !== from || (horizon !== undefined && from === undefined)) return true;
    for (const thread of page.threads) this.placeThread(thread, seq);
    const last = page.threads.at(-1);
    const key = page.next === undefined ? "" : last ? folderKey(last) : (horizon?.key ?? "~");
    this.horizons.set(folder, { key, ...(page.next !== undefined && { next: page.next }) });
    return true;
  }

  /** A page of messages, the newest or those before `before`, the floor of the window when the page was asked for. */
  placeMessages(threadId: Id, before: Id | undefined, page: { messages: readonly Message[]; more: boolean }, seq: number): boolean {
    if (!this.#tail.covers(seq)) return false;
    const window = this.windows.get(threadId);
    if (window?.floor !== before) return true;
    const floor = (page.more && page.messages[0]?.id) || "";
    const older = this.#tail.since(seq).reduce((next, { action }) => advance(next, action), { threadId, floor, messages: page.messages } as Window);
    this.windows.set(threadId, window ? joined(older, window) : older);
    return true;
  }

  #current(thread: Thread, seq: number): Thread {
    return this.#tail.since(seq).reduce((next, { action }) => reduce({ ...emptySlice(), thread: next }, action).thread ?? next, thread);
  }
}

const difference = (before: MailboxHead, after: MailboxHead): Shift =>
  before.unread === after.unread ? {} : Object.fromEntries(FOLDERS.map((folder) => [folder, after.unread[folder] - before.unread[folder]]));

const shifted = (unread: MailboxHead["unread"], shift: Shift): MailboxHead["unread"] =>
  Object.fromEntries(FOLDERS.map((folder) => [folder, unread[folder] + (shift?.[folder] ?? 0)])) as Record<Folder, number>;
