import { isOutside } from "@/domain/address";
import type { Clock, Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { OutboxEntry } from "@/domain/outbox";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Commit } from "../mailbox/owner";
import type { Timers } from "../platform/timers";
import { Backlog } from "./backlog";
import type { HistoryStep } from "./history";
import type { MailStep } from "./mail-step";
import type { MailboxStep, Source } from "./mailbox-step";
import type { ReceiptStep } from "./receipt-step";

/** Steps under way at once: inside a process they are cheap, outside they hold a connection each. */
const INSIDE = 512;
const OUTSIDE = 8;
/** After a step failed for a reason of our own (the store was away), milliseconds. */
const PAUSE = 1_000;

export interface DelivererDeps {
  readonly mailboxes: Mailboxes;
  readonly toMailbox: MailboxStep;
  readonly toMail: MailStep;
  readonly receipts: ReceiptStep;
  readonly history: HistoryStep;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly failed: (error: unknown, entry: OutboxEntry) => void;
}

export interface Owed {
  readonly user: Id;
  readonly entry: OutboxEntry;
  /** The sender's thread and message as of the commit, when they are at hand. */
  readonly source?: Source;
}

/**
 * Works off what mailboxes owe to others. An entry leaves the outbox only with the commit that reports it done, so whatever happens in
 * between is repeated, and every step is a no-op when repeated.
 */
export class Deliverer {
  readonly #inside = new Backlog<Owed & { key: string }>(INSIDE, (owed) => this.#step(owed));
  readonly #outside = new Backlog<Owed & { key: string }>(OUTSIDE, (owed) => this.#step(owed));
  readonly #waiting = new Map<string, () => void>();
  /** Queued or under way; what a commit says of the same entry meanwhile is taken up afterwards. */
  readonly #busy = new Map<string, { next?: Owed | null }>();
  #stopped = false;

  constructor(private readonly deps: DelivererDeps) {}

  /** Takes up what a commit newly owes, and drops what it settled. */
  take(commit: Commit): void {
    const { user, owed } = commit;
    if (owed.size === 0) return;
    const messages = new Map(commit.entries.flatMap(({ action }) => ("message" in action ? [[action.message.id, action.message]] : [])));
    for (const [key, entry] of owed) this.#plan(`${user} ${key}`, entry && { user, entry, source: sourceOf(entry, commit, messages) });
  }

  /** Takes up everything any mailbox owes since before this server began. */
  async recover(): Promise<number> {
    let found = 0;
    for await (const { user, key, entry } of this.deps.mailboxes.owed()) {
      this.#plan(`${user} ${key}`, { user, entry });
      found++;
    }
    return found;
  }

  /** Entries not yet reported done, retries that wait for their time included. */
  get pending(): number {
    return this.#inside.size + this.#outside.size + this.#waiting.size;
  }
  /** Entries that could be worked on now. */
  get ready(): number {
    return this.#inside.size + this.#outside.size;
  }

  /** Resolves when nothing is left that could be done now. */
  async settle(): Promise<void> {
    while (this.ready > 0) await Promise.all([this.#inside.idle(), this.#outside.idle()]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    this.#inside.clear();
    this.#outside.clear();
    this.#busy.clear();
    await this.settle();
  }

  #plan(key: string, owed: Owed | null): void {
    const busy = this.#busy.get(key);
    if (busy !== undefined) busy.next = owed;
    this.#waiting.get(key)?.();
    this.#waiting.delete(key);
    if (busy !== undefined || owed === null || this.#stopped) return;
    const wait = owed.entry.kind === "message" ? owed.entry.retryAt - this.deps.clock() : 0;
    if (wait > 0) this.#later(key, owed, wait);
    else this.#start(key, owed);
  }

  #start(key: string, owed: Owed): void {
    this.#busy.set(key, {});
    (isOutside(owed.entry.to) ? this.#outside : this.#inside).add({ ...owed, key });
  }

  #later(key: string, owed: Owed, wait: number): void {
    const cancel = this.deps.timers.after(wait, () => {
      this.#waiting.delete(key);
      this.#start(key, owed);
    });
    this.#waiting.set(key, cancel);
  }

  async #step({ key, ...owed }: Owed & { key: string }): Promise<void> {
    let failed = false;
    try {
      await this.#run(owed);
    } catch (error) {
      failed = true;
      this.deps.failed(error, owed.entry);
    }
    const next = this.#busy.get(key)?.next;
    this.#busy.delete(key);
    if (failed && next !== null && !this.#stopped) this.#later(key, next ?? { user: owed.user, entry: owed.entry }, PAUSE);
    else if (next !== undefined) this.#plan(key, next);
  }

  #run({ user, entry, source = NOTHING }: Owed): Promise<void> {
    switch (entry.kind) {
      case "message":
        return isOutside(entry.to) ? this.deps.toMail.run(user, entry) : this.deps.toMailbox.run(user, entry, source);
      case "receipt":
        return this.deps.receipts.run(user, entry);
      case "history":
        return this.deps.history.run(user, entry);
      default:
        return entry satisfies never;
    }
  }
}

const NOTHING: Source = { message: undefined, thread: undefined };

const sourceOf = (entry: OutboxEntry, { threads }: Commit, messages: ReadonlyMap<Id, Message>): Source =>
  entry.kind === "message" ? { message: messages.get(entry.messageId), thread: threads.get(entry.threadId) } : NOTHING;
