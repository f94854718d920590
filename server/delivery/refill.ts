import type { Clock, Id } from "@/domain/id";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Timers } from "../platform/timers";
import type { Backoff } from "./backoff";
import { keyOf, type Owed } from "./owed";
import { type Reading, type Reason, Shelf } from "./shelf";

/** Entries read at once, and mailboxes remembered that owe more than is in memory. */
const PAGE = 256;
const SHELVED = 10_000;
/** When more mailboxes owe than are remembered and none of these moves on, milliseconds. */
const LOOK_AROUND = 60_000;
/** Everything that is remembered is read again now and then, whatever it waits for: an event that was missed costs time, not a message. */
const ROUND = 600_000;
const SWEEP = "sweep";
const NEVER = Number.POSITIVE_INFINITY;

export interface RefillDeps {
  readonly mailboxes: Pick<Mailboxes, "outbox" | "owing">;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly backoff: Backoff;
  /** Takes an entry into memory unless it is there; otherwise answers the party that takes none now. */
  readonly admit: (key: string, owed: Owed) => string | undefined;
  /** The parties that stand for room in memory, if there is none at all. */
  readonly fullRooms: () => readonly string[];
  readonly failed: (error: unknown) => void;
}

/**
 * The part of the queue that is in the store only. When there is room for entries of a mailbox, its outbox is read on by range from where
 * memory ends. Mailboxes are remembered, not entries; when even they are too many, the outbox family of all is gone through again.
 */
export class Refill {
  readonly #shelf = new Shelf(SHELVED);
  /** What a commit said something about while a page was being read: the page may show it as it was. */
  readonly #touched = new Set<string>();
  #paging = false;
  /** The mailbox from which on all are to be looked through. */
  #sweepFrom: string | undefined;
  /** When that may begin, Unix milliseconds: later when it failed, or while all who are remembered wait. */
  #sweepAt = 0;
  #forgot = false;
  #roundAt = 0;
  #busy = false;
  #running: Promise<void> = Promise.resolve();
  #cancel = () => {};
  #stopped = false;

  constructor(private readonly deps: RefillDeps) {}

  /** At least this many mailboxes owe what is not in memory. */
  get size(): number {
    return this.#shelf.size + (this.#sweepFrom === undefined ? 0 : 1);
  }
  get reading(): Promise<void> | undefined {
    return this.#busy ? this.#running : undefined;
  }

  /** An entry is left to the store. */
  leave(user: Id, key: string, reason: Reason): void {
    const known = this.#shelf.put(user, key, reason);
    if (!known) this.#sweepFrom = "";
    if (!known || reason.due !== undefined) this.wake();
  }

  /** The whole outbox of a mailbox is to be read. */
  reread(user: Id): void {
    this.leave(user, "", { due: 0 });
  }

  /** All outboxes are to be read. */
  async all(): Promise<void> {
    this.#sweepFrom = "";
    this.wake();
    await this.#running;
  }

  /** A party takes work again. */
  ready(party: string): void {
    this.#shelf.ready(party);
    this.wake();
  }

  touch(key: string): void {
    if (this.#paging) this.#touched.add(key);
  }

  wake(): void {
    if (this.#busy || this.#stopped || this.size === 0) return;
    this.#busy = true;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    this.#shelf.clear();
    this.#sweepFrom = undefined;
    await this.#running;
  }

  async #run(): Promise<void> {
    let next = this.#wake();
    while (!this.#stopped && this.deps.fullRooms().length === 0) {
      const reading = this.#shelf.take();
      if (reading !== undefined) await this.#read(reading);
      else if (!this.#maySweep()) break;
      else if (!(await this.#sweep())) this.#sweepAt = this.deps.backoff.failed(SWEEP).until;
      next = this.#wake();
    }
    this.#busy = false; // in the same breath as the decision to stop, or a call in between would be lost
    this.#sleep(next);
  }

  /** Answers when there is something to read at the latest, Unix milliseconds. */
  #wake(): number {
    const now = this.deps.clock();
    if (this.#roundAt <= now) {
      if (this.#roundAt > 0) this.#shelf.all();
      this.#roundAt = now + ROUND;
    }
    return Math.min(this.#shelf.wake(now), this.#shelf.size > 0 ? this.#roundAt : NEVER);
  }

  async #read(reading: Reading): Promise<void> {
    const { user, hoped, due } = reading;
    let { from } = reading;
    try {
      for (;;) {
        const page = await this.#page(reading, from);
        this.deps.backoff.forget(`read ${user}`);
        if (page.length < PAGE || this.#stopped) return this.#shelf.done(reading);
        from = `${page.at(-1)?.key}\0`;
        const full = hoped === undefined ? this.deps.fullRooms() : [];
        // What is due in the rest comes to hand with the room that is missing now.
        if (full.length > 0) return this.#shelf.done(reading, { from, due: NEVER, parties: full });
        if (hoped?.size === 0) return this.#shelf.done(reading, { from, due });
      }
    } catch (error) {
      this.deps.failed(error);
      this.#shelf.done(reading, { from, due: this.deps.backoff.failed(`read ${user}`).until });
    }
  }

  /** Takes up what it can of the page from here. */
  async #page({ user, hoped }: Reading, from: string) {
    this.#paging = true;
    try {
      const page = await this.deps.mailboxes.outbox(user, PAGE, from);
      for (const { key, entry } of page) {
        const full = keyOf(user, key);
        const refusedBy = this.#touched.has(full) ? undefined : this.deps.admit(full, { user, key, entry });
        if (refusedBy === undefined) continue;
        this.leave(user, key, { parties: [refusedBy] });
        hoped?.delete(refusedBy);
      }
      return page;
    } finally {
      this.#paging = false;
      this.#touched.clear();
    }
  }

  /** When all who are remembered have waited for a while and others wait to be found, they are forgotten, to be found again later. */
  #maySweep(): boolean {
    const now = this.deps.clock();
    if (this.#sweepFrom === undefined || now < this.#sweepAt) return false;
    const crowded = this.#shelf.size > SHELVED / 2;
    if (crowded && this.#sweepAt === 0) this.#sweepAt = now + LOOK_AROUND;
    if (now < this.#sweepAt) return false;
    this.#forgot ||= crowded;
    if (crowded) this.#shelf.clear();
    this.#sweepAt = 0;
    return true;
  }

  /** Goes on through the mailboxes that owe anything, until as many are remembered as may be. Answers whether the store did. */
  async #sweep(): Promise<boolean> {
    const from = this.#sweepFrom ?? "";
    this.#sweepFrom = undefined;
    try {
      for await (const user of this.deps.mailboxes.owing(from)) {
        if (this.#shelf.put(user, "", { due: 0 })) continue;
        this.#sweepFrom ??= user;
        return true;
      }
      if (this.#forgot) this.#sweepFrom = "";
      this.#forgot = false;
      this.deps.backoff.forget(SWEEP);
    } catch (error) {
      this.#sweepFrom = "";
      this.deps.failed(error);
      return false;
    }
    return true;
  }

  /** While no room is free there is nothing to wake up for: `ready` does it when there is. */
  #sleep(next: number): void {
    this.#cancel();
    if (this.deps.fullRooms().length > 0) return;
    const at = this.#sweepFrom === undefined ? next : Math.min(next, this.#sweepAt);
    if (at === NEVER || this.#stopped) return;
    this.#cancel = this.deps.timers.after(at - this.deps.clock(), () => this.wake());
  }
}
