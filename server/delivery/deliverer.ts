import { isOutside, type ParticipantId } from "@/domain/address";
import type { Clock, Id } from "@/domain/id";
import { type OutboxEntry, outboxKey } from "@/domain/outbox";
import type { Thread } from "@/domain/thread";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Commit } from "../mailbox/owner";
import type { Timers } from "../platform/timers";
import { Backlog } from "./backlog";
import type { HistoryStep } from "./history";
import type { MailStep } from "./mail-step";
import type { MailboxStep } from "./mailbox-step";
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
  /** The sender's thread as of the commit, when that is at hand. */
  readonly thread?: Thread;
}

/**
 * Works off what mailboxes owe to others. An entry leaves the outbox only with the commit that reports it done, so whatever happens in
 * between is repeated, and every step is a no-op when repeated.
 */
export class Deliverer {
  readonly #inside = new Backlog<Owed>(INSIDE, (owed) => this.#step(owed));
  readonly #outside = new Backlog<Owed>(OUTSIDE, (owed) => this.#step(owed));
  readonly #waiting = new Map<string, () => void>();
  #stopped = false;

  constructor(private readonly deps: DelivererDeps) {}

  /** Takes up what a commit newly owes. */
  take({ user, owed, threads }: Commit): void {
    for (const [key, entry] of owed) {
      this.#forget(user, key);
      if (entry !== null) this.#plan({ user, entry, ...(threads.has(entry.threadId) && { thread: threads.get(entry.threadId) as Thread }) });
    }
  }

  /** Takes up everything any mailbox owes since before this server began. */
  async recover(): Promise<number> {
    let found = 0;
    for await (const { user, entry } of this.deps.mailboxes.owed()) {
      this.#plan({ user, entry });
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
    await this.settle();
  }

  #plan(owed: Owed): void {
    if (this.#stopped) return;
    const wait = owed.entry.kind === "message" ? owed.entry.retryAt - this.deps.clock() : 0;
    if (wait > 0) this.#later(owed, wait);
    else this.#queueOf(owed.entry.to).add(owed);
  }

  #queueOf(to: ParticipantId): Backlog<Owed> {
    return isOutside(to) ? this.#outside : this.#inside;
  }

  #later(owed: Owed, wait: number): void {
    const key = `${owed.user} ${outboxKey(owed.entry)}`;
    const cancel = this.deps.timers.after(wait, () => {
      this.#waiting.delete(key);
      this.#queueOf(owed.entry.to).add(owed);
    });
    this.#waiting.set(key, cancel);
  }

  #forget(user: Id, key: string): void {
    const waiting = `${user} ${key}`;
    this.#waiting.get(waiting)?.();
    this.#waiting.delete(waiting);
  }

  async #step(owed: Owed): Promise<void> {
    try {
      await this.#run(owed);
    } catch (error) {
      this.deps.failed(error, owed.entry);
      if (!this.#stopped) this.#later({ user: owed.user, entry: owed.entry }, PAUSE);
    }
  }

  #run({ user, entry, thread }: Owed): Promise<void> {
    switch (entry.kind) {
      case "message":
        return isOutside(entry.to) ? this.deps.toMail.run(user, entry) : this.deps.toMailbox.run(user, entry, thread);
      case "receipt":
        return this.deps.receipts.run(user, entry);
      case "history":
        return this.deps.history.run(user, entry);
      default:
        return entry satisfies never;
    }
  }
}
