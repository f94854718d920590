import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { OutboxEntry } from "@/domain/outbox";
import { decode } from "./cells";
import { inWords } from "./failures";
import { type Commit, type Committed, MailboxOwner, type OwnerDeps, type Plan, type Read } from "./owner";
import { MAILBOX } from "./schema";

const OWNED = 5_000;

export interface MailboxesDeps extends Omit<OwnerDeps, "announce"> {
  /** Told of every durable commit, in the order of each mailbox. */
  readonly announce: (commit: Commit) => void;
}

/** The mailboxes this server owns: opened when first needed, let go when idle and too many. */
export class Mailboxes {
  readonly #owners = new Map<Id, Promise<MailboxOwner>>();

  constructor(private readonly deps: MailboxesDeps) {}

  /** Runs a plan in the mailbox of a person, exactly once for each maker. Resolves when its actions are durable. */
  async commit(user: Id, maker: string, plan: Plan): Promise<Committed> {
    try {
      return await (await this.#owner(user)).commit(maker, plan);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "store/not-owner") throw error;
      return (await this.#owner(user)).commit(maker, plan);
    }
  }

  async read<T>(user: Id, read: Read<T>): Promise<T> {
    return (await this.#owner(user)).read(read);
  }

  /** Everything any mailbox still owes, found by one scan of the outbox family: what a new server begins with. */
  async *owed(): AsyncGenerator<{ user: Id; key: string; entry: OutboxEntry }> {
    for await (const { key: row, families } of this.deps.store.scan(MAILBOX.name, { families: ["outbox"] }))
      for (const { qualifier, value } of families.outbox ?? [])
        yield { user: row.toString("utf8"), key: qualifier.toString("utf8"), entry: decode<OutboxEntry>(value) };
  }

  get owned(): number {
    return this.#owners.size;
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

  #open(user: Id): Promise<MailboxOwner> {
    const opening = MailboxOwner.open(this.deps, user).catch((error) => {
      if (this.#owners.get(user) === opening) this.#owners.delete(user);
      throw inWords(error);
    });
    this.#owners.set(user, opening);
    void opening.then(() => this.#letGo()).catch(() => {});
    return opening;
  }

  async #letGo(): Promise<void> {
    if (this.#owners.size <= OWNED) return;
    for (const [user, opened] of this.#owners) {
      if (this.#owners.size <= OWNED) return;
      if ((await opened.catch(() => undefined))?.idle) this.#owners.delete(user);
    }
  }
}
