import type { Action, LogEntry } from "@/domain/action";
import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { OutboxEntry } from "@/domain/outbox";
import type { Thread } from "@/domain/thread";
import { StoreError, type WideColumnStore } from "@/storage/wide-column/contract";
import { Lru } from "../platform/lru";
import type { Timers } from "../platform/timers";
import { encode, RowChanges } from "./cells";
import { claim, epochOf } from "./claim";
import { inWords } from "./failures";
import type { MakerRecord } from "./project";
import { catchUp } from "./replay";
import { MailboxRow } from "./row";
import { EPOCH, LOGGED, logKey, MAILBOX } from "./schema";
import { type MailboxView, type Remembered, Turn } from "./turn";

/** Plans in one row mutation, and plans that may wait; beyond that the mailbox answers `store/overloaded`. */
const PLANS_A_TURN = 64;
const WAITING = 10_000;
const THREADS_REMEMBERED = 200;
const MESSAGES_REMEMBERED = 500;

/** Decides, seeing the mailbox, which actions are to happen. It may throw AppError; then nothing happens. */
export type Plan = (view: MailboxView) => Promise<readonly Action[]> | readonly Action[];

/** Reads the mailbox at one position of its log: nothing is committed while it runs. So it may neither commit to the same mailbox nor read it anew. */
export type Read<T> = (view: MailboxView, row: MailboxRow) => Promise<T>;

export interface Committed {
  readonly entries: readonly LogEntry[];
  /** The mailbox had an action of this maker already: nothing was done now. */
  readonly repeat?: MakerRecord;
  readonly seq: number;
}

/** What became durable in one turn. `owed` are the outbox entries to work on, null where one is settled. */
export interface Commit {
  readonly user: Id;
  readonly entries: readonly LogEntry[];
  readonly owed: ReadonlyMap<string, OutboxEntry | null>;
  /** It may owe what nobody has been told of: its outbox is to be read. */
  readonly owesMore?: true;
  /** The threads it touched, as they are now. */
  readonly threads: ReadonlyMap<Id, Thread>;
}

interface Job {
  readonly maker: string | undefined;
  readonly plan: Plan;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: unknown) => void;
}

export interface OwnerDeps {
  readonly store: WideColumnStore;
  readonly token: () => string;
  readonly announce: (commit: Commit) => void;
  readonly timers: Timers;
  /** How long a plan that is in no hurry may wait for company, milliseconds; 0 when it is not to wait. */
  readonly patience: number;
  /** An answer got lost: what this owner wrote last may not have been told on. */
  readonly uncertain: (user: Id) => void;
}

/**
 * The single writer of one mailbox. Plans queue; each turn takes what waits and commits it as ONE atomic row mutation, conditional on the
 * ownership epoch: an owner that was replaced is fenced by the store itself and writes nothing.
 */
export class MailboxOwner {
  readonly #queue: Job[] = [];
  /** Plans in no hurry: they go with the next turn there is, or after a while with one of their own. */
  readonly #patient: Job[] = [];
  /** Reads that wait for the turn under way. */
  readonly #reads: (() => void)[] = [];
  /** Reads under way, for which the next turn waits. */
  readonly #reading = new Set<Promise<void>>();
  #running = false;
  #lost = false;

  private constructor(
    private readonly deps: OwnerDeps,
    readonly row: MailboxRow,
    private readonly epoch: Buffer,
    private readonly remembered: Remembered,
  ) {}

  /** Takes the mailbox over: raises its epoch, then folds whatever the log holds beyond what is derived. */
  static async open(deps: OwnerDeps, user: Id): Promise<MailboxOwner> {
    const row = new MailboxRow(deps.store, user);
    const epoch = await claim(deps.store, row.key, deps.token());
    const remembered: Remembered = {
      head: await row.head(),
      threads: new Lru<Id, Thread>(THREADS_REMEMBERED),
      messages: new Lru<string, Message>(MESSAGES_REMEMBERED),
    };
    await catchUp(deps.store, row, remembered, epoch);
    return new MailboxOwner(deps, row, epoch, remembered);
  }

  get lost(): boolean {
    return this.#lost;
  }
  get idle(): boolean {
    return !this.#running && this.#reading.size === 0 && this.#patient.length === 0;
  }

  /** Without a maker the plan itself sees to it that a repeat does nothing. */
  commit(maker: string | undefined, plan: Plan, hurry = true): Promise<Committed> {
    if (this.#lost) return Promise.reject(new AppError("store/not-owner"));
    if (this.#queue.length >= WAITING) return Promise.reject(new AppError("store/overloaded"));
    return new Promise((resolve, reject) => {
      const job = { maker, plan, resolve, reject };
      if (hurry || this.deps.patience === 0) this.#queue.push(job);
      else return this.#wait(job);
      this.#wake();
    });
  }

  /**
   * Reads between two turns, so that all that is read belongs to one position in the log and is durable. It waits for what is to be written already, and that for
   * the reads under way; otherwise reads do not wait for each other.
   */
  read<T>(read: Read<T>): Promise<T> {
    if (this.#reads.length + this.#reading.size >= WAITING) return Promise.reject(new AppError("store/overloaded"));
    return new Promise((resolve, reject) => {
      const start = () => {
        const ended = (async () => read(new Turn(this.row, this.remembered), this.row))()
          .then(resolve, (error) => reject(inWords(error)))
          .finally(() => this.#reading.delete(ended));
        this.#reading.add(ended);
      };
      if (this.#running) this.#reads.push(start);
      else start();
    });
  }

  /**
   * As `read`, and certain that nobody else had the mailbox until now: for whoever acts upon what is not there. Another owner may have moved it to
   * the archive, of which this one would not know.
   */
  readOwned<T>(read: Read<T>): Promise<T> {
    return this.read(async (view, row) => {
      const found = await read(view, row);
      const isMine = (await epochOf(this.deps.store, row.key))?.equals(this.epoch);
      if (!isMine) throw this.#lose(new AppError("store/not-owner"));
      return found;
    });
  }

  /**
   * Removes entries that are in the archive from the head. A lost answer ends this owner: a mutation on its way must not come later. Other reads may be under way:
   * they find an entry here or in the archive, if they ask here first and for no more than one answer of the store holds.
   */
  async forgetLog(from: number, upTo: number): Promise<void> {
    const changes = new RowChanges();
    for (let seq = from; seq <= upTo; seq++) changes.delete("log", logKey(seq));
    changes.put("meta", LOGGED, upTo);
    await this.read(async () => {
      const when = { family: "meta", qualifier: EPOCH, equals: this.epoch };
      const mutation = this.deps.store.mutateRow(MAILBOX.name, this.row.key, changes.mutations(), { when });
      const { applied } = await mutation.catch((error) => {
        throw error instanceof StoreError && error.kind === "unknown-outcome" ? this.#lose(error) : error;
      });
      if (!applied) throw this.#lose(new AppError("store/not-owner"));
    });
  }

  #wait(job: Job): void {
    if (this.#patient.push(job) > 1) return;
    this.deps.timers.after(this.deps.patience, () => {
      this.#queue.push(...this.#patient.splice(0));
      this.#wake();
    });
  }

  #wake(): void {
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#queue.length > 0) {
      await Promise.all(this.#reading);
      await this.#turn([...this.#patient.splice(0, PLANS_A_TURN), ...this.#queue.splice(0, PLANS_A_TURN)]);
      for (const start of this.#reads.splice(0)) start();
    }
    this.#running = false;
  }

  async #turn(jobs: readonly Job[]): Promise<void> {
    const turn = new Turn(this.row, this.remembered);
    const done: { job: Job; committed: Committed }[] = [];
    for (const job of jobs) {
      try {
        done.push({ job, committed: await this.#decide(turn, job) });
      } catch (error) {
        job.reject(inWords(error));
      }
    }
    try {
      if (turn.entries.length > 0) await this.#write(turn);
      for (const { job, committed } of done) job.resolve(committed);
    } catch (error) {
      for (const { job } of done) job.reject(inWords(error));
    }
  }

  async #decide(turn: Turn, { maker, plan }: Job): Promise<Committed> {
    const repeat = maker === undefined ? undefined : await turn.maker(maker);
    if (repeat !== undefined) return { entries: [], repeat, seq: turn.head.seq };
    const entries: LogEntry[] = [];
    for (const action of await plan(turn)) entries.push(await turn.apply(action));
    return { entries, seq: turn.head.seq };
  }

  async #write(turn: Turn): Promise<void> {
    const when = { family: "meta", qualifier: EPOCH, equals: this.epoch };
    try {
      const { applied } = await this.deps.store.mutateRow(MAILBOX.name, this.row.key, turn.changes.mutations(), { when });
      if (!applied) throw this.#lose(new AppError("store/not-owner"));
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== "unknown-outcome") throw error;
      await this.#resolveUnknown(turn.entries, error);
    }
    turn.settle();
    this.deps.announce({ user: this.row.user, entries: turn.entries, owed: turn.outbox, threads: turn.touched });
  }

  /**
   * The answer got lost. Raising the epoch fences a mutation that may still be on its way, and only after that the log tells for certain:
   * it holds these entries at their positions, or it never will. (Another owner may have gone on meanwhile; nobody takes entries out.)
   * This owner's epoch is spent either way, so the mailbox is opened afresh for the next plan.
   */
  async #resolveUnknown(entries: readonly LogEntry[], error: StoreError): Promise<void> {
    this.#lose(error);
    this.deps.uncertain(this.row.user);
    if (await this.#isInLog(entries).catch(() => Promise.reject(error))) return;
    throw new StoreError("unavailable", "The mutation was lost on its way.", { cause: error });
  }

  async #isInLog(entries: readonly LogEntry[]): Promise<boolean> {
    await claim(this.deps.store, this.row.key, this.deps.token());
    const found = await this.row.log(entries[0]!.seq - 1, entries.length);
    return encode(found).equals(encode(entries));
  }

  #lose(error: Error): Error {
    this.#lost = true;
    for (const job of [...this.#patient.splice(0), ...this.#queue.splice(0)]) job.reject(new AppError("store/not-owner"));
    return error;
  }
}
