import type { Clock, Id, Random } from "@/domain/id";
import type { Message } from "@/domain/message";
import { dueAt, type OutboxEntry } from "@/domain/outbox";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Commit } from "../mailbox/owner";
import type { Timers } from "../platform/timers";
import { Backoff } from "./backoff";
import type { Source } from "./mailbox-step";
import { keyOf, type Owed, OwnerFailed } from "./owed";
import { Parties } from "./parties";
import { Refill } from "./refill";
import type { Routing } from "./routes";
import { type Held, Tracks } from "./tracks";
import { Waiting } from "./waiting";

/** Entries in memory whose time has not come; those that come first stay. */
const WAITING = 5_000;

export interface DelivererDeps {
  readonly mailboxes: Pick<Mailboxes, "outbox" | "owing">;
  readonly routing: Routing;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly random: Random;
  readonly failed: (error: unknown, on: OutboxEntry["kind"] | "outbox") => void;
}

/**
 * The queue of all that mailboxes owe to others, for every channel. It is kept in the outboxes; memory holds the part that is worked on, and
 * is bounded. An entry leaves its outbox only with the commit that reports it done, so whatever happens in between is repeated, and every
 * step is a no-op when repeated.
 */
export class Deliverer {
  readonly #held = new Map<string, Held>();
  readonly #tracks: Tracks;
  readonly #backoff: Backoff;
  readonly #parties: Parties;
  readonly #waiting: Waiting<Held>;
  readonly #refill: Refill;
  #stopped = false;

  constructor(private readonly deps: DelivererDeps) {
    const { mailboxes, timers, clock, routing } = deps;
    this.#backoff = new Backoff(deps);
    this.#parties = new Parties(this.#backoff, clock);
    this.#tracks = new Tracks(routing, (held) => this.#work(held));
    this.#waiting = new Waiting({ clock, timers, most: WAITING, due: (held) => this.#comeBack(held) });
    this.#refill = new Refill({
      mailboxes,
      timers,
      clock,
      backoff: this.#backoff,
      admit: (key, owed) => (this.#held.has(key) ? undefined : this.#admit(key, owed)),
      fullRooms: () => this.#tracks.fullRooms(),
      failed: (error) => deps.failed(error, "outbox"),
    });
  }

  /** Takes up what a commit newly owes, and drops what it settled. */
  take(commit: Commit): void {
    const { user, owed } = commit;
    if (commit.owesMore) this.#refill.reread(user);
    if (owed.size === 0) return;
    const messages = new Map(commit.entries.flatMap(({ action }) => ("message" in action ? [[action.message.id, action.message]] : [])));
    for (const [key, entry] of owed) this.#plan(keyOf(user, key), entry && { user, key, entry, source: sourceOf(entry, commit, messages) });
  }

  /** Takes up everything any mailbox owes since before this server began. Resolves when all of it has been looked at that there is room for. */
  recover(): Promise<void> {
    return this.#refill.all();
  }

  /** Entries in memory that are not yet reported done, and mailboxes that owe more than these: nothing is owed when it is 0. */
  get pending(): number {
    return this.#held.size + this.#refill.size;
  }
  /** Whether mailboxes owe more than is in memory, so that `pending` is too low. */
  get owesMore(): boolean {
    return this.#refill.size > 0;
  }
  /** Mailboxes and mail domains that do not answer and are asked less and less. */
  get leftAlone(): number {
    return this.#parties.alone;
  }
  /** Entries in memory, those that wait for their time included. */
  get held(): number {
    return this.#held.size;
  }

  /** Resolves when nothing is left that could be done now. */
  async settle(): Promise<void> {
    while (this.#tracks.size > 0 || this.#refill.reading !== undefined) await Promise.all([this.#tracks.idle(), this.#refill.reading]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    this.#tracks.clear();
    this.#held.clear();
    await this.#refill.stop();
    await this.#tracks.idle();
  }

  #plan(key: string, owed: Owed | null): void {
    this.#refill.touch(key);
    const held = this.#held.get(key);
    if (held?.state === "running") held.next = owed;
    else {
      if (held !== undefined) this.#drop(held);
      if (owed !== null) this.#admitOrLeave(key, owed);
    }
  }

  #admitOrLeave(key: string, owed: Owed): void {
    const refusedBy = this.#stopped ? undefined : this.#admit(key, owed);
    if (refusedBy !== undefined) this.#refill.leave(owed.user, owed.key, { parties: [refusedBy] });
  }

  /** Answers the party that takes no more now, if one does not. */
  #admit(key: string, owed: Owed): string | undefined {
    const held = this.#tracks.placed(key, owed);
    const due = Math.max(dueAt(owed.entry), this.#backoff.until(key));
    if (due > this.deps.clock()) return void this.#wait(held, due);
    const refusedBy = this.#refusing(held) ?? this.#tracks.refuses(held);
    if (refusedBy !== undefined) return refusedBy;
    for (const party of [held.lane, held.owner]) this.#parties.began(party, key);
    this.#held.set(key, held);
    this.#tracks.add(held);
    return undefined;
  }

  #refusing({ key, lane, owner }: Held): string | undefined {
    return [lane, owner].find((party) => this.#parties.refuses(party, key));
  }

  #leave(held: Held, party: string): void {
    this.#drop(held);
    this.#refill.leave(held.owed.user, held.owed.key, { parties: [party] });
  }

  #wait(held: Held, until: number): void {
    held.state = "waiting";
    this.#held.set(held.key, held);
    const gone = this.#waiting.add(until, held);
    if (gone === undefined) return;
    this.#held.delete(gone.item.key);
    this.#refill.leave(gone.item.owed.user, gone.item.owed.key, { due: gone.at });
  }

  #comeBack({ key, owed }: Held): void {
    this.#held.delete(key);
    this.#admitOrLeave(key, owed);
  }

  async #work(held: Held): Promise<void> {
    // It may have been settled while it queued, or another may have shown that a party to it does not answer.
    if (held.state === "ready") {
      const refusedBy = this.#refusing(held);
      if (refusedBy === undefined) await this.#step(held);
      else this.#leave(held, refusedBy);
    }
    for (const party of this.#tracks.rooms(held)) this.#refill.ready(party);
  }

  async #step(held: Held): Promise<void> {
    held.state = "running";
    try {
      await held.route.run(held.owed);
      this.#forget(held);
      this.#succeeded(held);
      if (held.next) this.#plan(held.key, held.next);
    } catch (error) {
      this.#forget(held);
      this.#failed(held, error);
    }
  }

  #succeeded({ key, lane, owner }: Held): void {
    this.#backoff.forget(key);
    for (const party of [lane, owner]) {
      if (!this.#parties.answered(party)) continue;
      this.#refill.ready(party);
      this.#hasten(party);
    }
  }

  /** What failed by itself is tried again after a pause that grows; who fails for one after the other is left alone. */
  #failed({ key, lane, owner, owed, next, ...held }: Held, error: unknown): void {
    const isOwner = error instanceof OwnerFailed;
    this.deps.failed(isOwner ? error.cause : error, owed.entry.kind);
    if (this.#stopped) return;
    const { failures, until } = this.#backoff.failed(key);
    const party = isOwner ? owner : lane;
    const alone = this.#parties.failed(party, failures === 1);
    this.#gaveUp(isOwner ? lane : owner, key);
    if (alone !== undefined) this.deps.timers.after(alone - this.deps.clock(), () => this.#refill.ready(party));
    const { source: _old, ...again } = next ?? owed;
    if (next !== null) this.#wait({ key, lane, owner, ...held, owed: again }, until);
  }

  /** It answers again: what failed before need not wait longer. */
  #hasten(party: string): void {
    this.#waiting.hasten(({ key, lane, owner }) => {
      const concerned = (lane === party || owner === party) && this.#backoff.failures(key) > 0;
      if (concerned) this.#backoff.forget(key);
      return concerned;
    });
  }

  #drop(held: Held): void {
    if (held.state === "waiting") this.#waiting.remove(held.key);
    else for (const party of [held.lane, held.owner]) this.#gaveUp(party, held.key);
    this.#forget(held);
    held.state = "dropped";
  }

  #gaveUp(party: string, key: string): void {
    if (this.#parties.gaveUp(party, key)) this.#refill.ready(party);
  }

  #forget(held: Held): void {
    if (this.#held.get(held.key) === held) this.#held.delete(held.key);
  }
}

const sourceOf = (entry: OutboxEntry, { threads }: Commit, messages: ReadonlyMap<Id, Message>): Source =>
  entry.kind === "message" ? { message: messages.get(entry.messageId), thread: threads.get(entry.threadId) } : { message: undefined, thread: undefined };
