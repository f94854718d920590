import type { Id } from "@/domain/id";

/** Parties remembered for each mailbox; beyond that any of them will do. */
const PARTIES = 16;
const ANY = "*";
const NEVER = Number.POSITIVE_INFINITY;

/** Why an entry is in the store only: the party that takes none now, or the time at which it is due (Unix milliseconds). */
export interface Reason {
  readonly parties?: Iterable<string>;
  readonly due?: number;
}

/** A mailbox to read on in: from this key of its outbox. `hoped` are the parties that take work again; undefined: whoever there is. */
export interface Reading {
  readonly user: Id;
  readonly from: string;
  readonly hoped: Set<string> | undefined;
  readonly parties: ReadonlySet<string>;
  readonly due: number;
}

interface Shelved {
  from: string;
  due: number;
  readonly parties: Set<string>;
}

/**
 * The mailboxes that owe what is not in memory, and from which key of their outbox on. Everything before that key is in memory or done. A
 * mailbox is taken down to be read when something it waits for has come: a party takes work again, or an entry is due.
 */
export class Shelf {
  readonly #shelved = new Map<Id, Shelved>();
  readonly #ready = new Map<Id, Set<string> | undefined>();
  /** Parties that took nothing more when they were last asked. */
  readonly #closed = new Set<string>();
  /** What is taken down and not yet put back, with the parties that took work again meanwhile. */
  readonly #open = new Map<Reading, Set<string>>();
  #soonest = NEVER;

  constructor(private readonly most: number) {}

  get size(): number {
    return this.#shelved.size;
  }

  /** Answers false when there is no place for another mailbox; then all have to be gone through to find it again. */
  put(user: Id, from: string, { parties = [], due = NEVER }: Reason): boolean {
    for (const party of parties) this.#closed.add(party);
    if (!this.#shelved.has(user) && this.#shelved.size >= this.most) return false;
    this.#insert(user, from, { parties, due });
    return true;
  }

  /** The party takes work again: whoever waited for it can be read. */
  ready(party: string): void {
    this.#closed.delete(party);
    for (const [user, { parties }] of this.#shelved) if (waitsFor(parties, party)) this.#hope(user, parties.has(ANY) ? undefined : party);
    for (const [reading, missed] of this.#open) if (waitsFor(reading.parties, party)) missed.add(party);
  }

  /** Mailboxes with an entry that is due can be read. Answers when the next one will be, Unix milliseconds. */
  wake(now: number): number {
    if (now < this.#soonest) return this.#soonest;
    this.#soonest = NEVER;
    for (const [user, { due }] of this.#shelved) {
      if (due <= now) this.#ready.set(user, undefined);
      else this.#soonest = Math.min(this.#soonest, due);
    }
    return this.#soonest;
  }

  /** Every mailbox can be read. */
  all(): void {
    for (const user of this.#shelved.keys()) this.#ready.set(user, undefined);
  }

  /** The next mailbox to read. It is no longer here: `done` says how far it was read. */
  take(): Reading | undefined {
    for (const [user, hoped] of this.#ready) {
      this.#ready.delete(user);
      const shelved = this.#shelved.get(user);
      const isVain = hoped !== undefined && [...hoped].every((party) => this.#closed.has(party));
      if (shelved === undefined || isVain) continue;
      this.#shelved.delete(user);
      const reading = { user, hoped, ...shelved };
      this.#open.set(reading, new Set());
      return reading;
    }
    return undefined;
  }

  /** It was read up to the key `rest`, or whole. */
  done(reading: Reading, rest?: { readonly from: string; readonly due: number; readonly parties?: readonly string[] }): void {
    const missed = this.#open.get(reading) ?? [];
    this.#open.delete(reading);
    if (rest === undefined) return;
    this.#insert(reading.user, rest.from, { parties: [...reading.parties, ...(rest.parties ?? [])], due: rest.due });
    for (const party of missed) this.#hope(reading.user, reading.parties.has(ANY) ? undefined : party);
  }

  clear(): void {
    this.#shelved.clear();
    this.#ready.clear();
    this.#closed.clear();
    this.#open.clear();
  }

  #insert(user: Id, from: string, { parties, due }: Required<Reason>): void {
    const shelved = this.#shelved.get(user) ?? { from, due, parties: new Set<string>() };
    if (from < shelved.from) shelved.from = from;
    shelved.due = Math.min(shelved.due, due);
    this.#soonest = Math.min(this.#soonest, due);
    for (const party of parties) addTo(shelved.parties, party);
    this.#shelved.set(user, shelved);
  }

  #hope(user: Id, party: string | undefined): void {
    const hoped = this.#ready.get(user);
    if (party === undefined) this.#ready.set(user, undefined);
    else if (hoped !== undefined) hoped.add(party);
    else if (!this.#ready.has(user)) this.#ready.set(user, new Set([party]));
  }
}

const waitsFor = (parties: ReadonlySet<string>, party: string): boolean => parties.has(party) || parties.has(ANY);

function addTo(parties: Set<string>, party: string): void {
  if (parties.has(ANY)) return;
  parties.add(party);
  if (parties.size <= PARTIES) return;
  parties.clear();
  parties.add(ANY);
}
