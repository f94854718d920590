import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { OutboxEntry } from "@/domain/outbox";
import { inWords } from "./failures";
import { type Commit, type Committed, MailboxOwner, type OwnerDeps, type Plan, type Read } from "./owner";
import { MailboxRow } from "./row";
import { MAILBOX, utf8 } from "./schema";

const OWNED = 5_000;

/** After an uncertain outcome the mailbox is opened again even if nobody asks, milliseconds. */
const LOOK_AGAIN = 1_000;

export interface MailboxesDeps extends Omit<OwnerDeps, "announce" | "uncertain"> {
  /** Told of every durable commit, in the order of each mailbox. */
  readonly announce: (commit: Commit) => void;
}

/** The mailboxes this server owns: opened when first needed, let go when idle and too many. */
export class Mailboxes {
  readonly #owners = new Map<Id, Promise<MailboxOwner>>();

  readonly #doubted = new Set<Id>();
  readonly #deps: OwnerDeps;

  constructor(private readonly deps: MailboxesDeps) {
    this.#deps = { ...deps, uncertain: (user) => this.#doubt(user) };
  }

  /** Runs a plan in the mailbox of a person, exactly once for each maker. Resolves when its actions are durable. */
  commit(user: Id, maker: string | undefined, plan: Plan, hurry = true): Promise<Committed> {
    return this.#asOwner(user, (owner) => owner.commit(maker, plan, hurry));
  }

  async read<T>(user: Id, read: Read<T>): Promise<T> {
    return (await this.#owner(user)).read(read);
  }

  /** As `read`, by a server that owns the mailbox for certain. */
  readOwned<T>(user: Id, read: Read<T>): Promise<T> {
    return this.#asOwner(user, (owner) => owner.readOwned(read));
  }

  /** Removes log entries that are in the archive from the head of a mailbox. */
  async forgetLog(user: Id, from: number, upTo: number): Promise<void> {
    return (await this.#owner(user)).forgetLog(from, upTo);
  }

  /** The mailboxes that owe anything, from this one on, found by one scan of the outbox family: what a new server begins with. */
  async *owing(from: Id): AsyncGenerator<Id> {
    for await (const { key } of this.deps.store.scan(MAILBOX.name, { families: ["outbox"], from: utf8(from), sample: 1 })) yield key.toString("utf8");
  }

  /** What a mailbox owes, from this key of its outbox on. It is read as it is stored, whoever owns the mailbox. */
  outbox(user: Id, limit: number, from: string): Promise<{ key: string; entry: OutboxEntry }[]> {
    return new MailboxRow(this.deps.store, user).outbox(limit, from);
  }

  get owned(): number {
    return this.#owners.size;
  }

  /** A server that was replaced, and hears so, takes the mailbox over once more. */
  async #asOwner<T>(user: Id, work: (owner: MailboxOwner) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#owner(user));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "store/not-owner") throw error;
      return work(await this.#owner(user));
    }
  }

  async #owner(user: Id): Promise<MailboxOwner> {
    const opened = this.#owners.get(user);
    if (opened === undefined) return this.#open(user);
    const owner = await opened;
    if (this.#owners.get(user) !== opened) return this.#owner(user);
    this.#owners.delete(user);
    if (owner.lost) return this.#open(user);
    this.#owners.set(user, opened);
    return owner;
  }

  /** Opens the mailbox again soon, even if nobody asks. */
  #doubt(user: Id): void {
    this.#doubted.add(user);
    this.deps.timers.after(LOOK_AGAIN, () => void this.#owner(user).catch(() => this.#doubt(user)));
  }

  #open(user: Id): Promise<MailboxOwner> {
    const opening = this.#begin(user).catch((error) => {
      if (this.#owners.get(user) === opening) this.#owners.delete(user);
      throw inWords(error);
    });
    this.#owners.set(user, opening);
    void opening.then(() => this.#letGo()).catch(() => {});
    return opening;
  }

  /**
   * What a mailbox in doubt owes is told again, and its last action, by which devices see what they missed: nobody knows what of its last
   * turn was told. A repeat is harmless.
   */
  async #begin(user: Id): Promise<MailboxOwner> {
    const owner = await MailboxOwner.open(this.#deps, user);
    if (!this.#doubted.has(user)) return owner;
    const entries = await owner.read((view, row) => row.log(Math.max(0, view.head.seq - 1), 1));
    this.#doubted.delete(user);
    this.deps.announce({ user, entries, threads: new Map(), owed: new Map(), owesMore: true });
    return owner;
  }

  async #letGo(): Promise<void> {
    if (this.#owners.size <= OWNED) return;
    for (const [user, opened] of this.#owners) {
      if (this.#owners.size <= OWNED) return;
      if ((await opened.catch(() => undefined))?.idle) this.#owners.delete(user);
    }
  }
}
