import type { Id } from "@/domain/id";
import type { OutboxEntry } from "@/domain/outbox";
import type { Source } from "./mailbox-step";

/** Something a mailbox owes: the entry in its outbox and its key there. */
export interface Owed {
  readonly user: Id;
  readonly key: string;
  readonly entry: OutboxEntry;
  /** The sender's thread and message as of the commit, when they are at hand. */
  readonly source?: Source;
}

/** One name for an entry among those of all mailboxes. */
export const keyOf = (user: Id, key: string): string => `${user} ${key}`;

/**
 * A step failed because of the mailbox that owes, not because of who is owed: whoever else has something for the same recipient is not
 * held up by it.
 */
export class OwnerFailed extends Error {
  override readonly name = "OwnerFailed";
  constructor(cause: unknown) {
    super("The mailbox that owes failed.", { cause });
  }
}

export const byOwner = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw new OwnerFailed(error);
  });
