import type { LogEntry } from "@/domain/action";
import type { Limits } from "./limits";
import type { MailboxApi } from "./ports";

export interface FollowerDeps {
  readonly limits: Limits;
  readonly sync: MailboxApi["sync"];
  readonly cursor: () => number;
  /** Applies one entry, the one after the cursor. Called for a stretch of entries inside `together`. */
  readonly apply: (entry: LogEntry) => void;
  readonly together: (change: () => void) => void;
  /** Begins anew from the server's present state: the log from here on is too long or not to be had. */
  readonly reset: () => Promise<void>;
  /** Starts `catchUp`, unless it is under way, and tries it again when it fails. */
  readonly start: (catchUp: () => Promise<boolean>) => void;
}

/** Follows the log: strictly by position, each entry once, without gaps, whatever the wire drops, repeats or reorders. */
export class Follower {
  /** The furthest position heard of. */
  #target = 0;
  /** Whether somebody wants to know, since the running question was put, what has happened. */
  #asked = false;
  #waiting: { readonly seq: number; readonly go: () => void }[] = [];

  constructor(private readonly deps: FollowerDeps) {}

  /** Entries that came by themselves. */
  push(entries: readonly LogEntry[]): void {
    this.#take(entries);
    const furthest = entries.at(-1)?.seq ?? 0;
    if (furthest > this.deps.cursor()) this.#want(furthest);
  }

  /** Resolves when everything up to `seq` is applied. */
  reach(seq: number): Promise<void> {
    if (seq <= this.deps.cursor()) return Promise.resolve();
    this.#want(seq);
    return new Promise((go) => this.#waiting.push({ seq, go }));
  }

  /** Asks for what came after the cursor: after a new connection, and whenever there is a doubt. */
  catchUp(): void {
    this.#asked = true;
    this.deps.start(() => this.#catchUp());
  }

  #want(seq: number): void {
    this.#target = Math.max(this.#target, seq);
    this.catchUp();
  }

  async #catchUp(): Promise<boolean> {
    const { limits } = this.deps;
    while (this.#isBehind()) {
      this.#asked = false;
      const since = this.deps.cursor();
      const { entries, head } = await this.deps.sync(since, limits.entries);
      if (head < since || head - since > limits.far || (head > since && entries[0]?.seq !== since + 1)) {
        this.#target = 0;
        await this.deps.reset();
        this.#release(Number.POSITIVE_INFINITY);
      } else {
        this.#take(entries);
        this.#target = Math.max(this.#target, head);
      }
    }
    return true;
  }

  #isBehind(): boolean {
    return this.#asked || this.deps.cursor() < this.#target;
  }

  #take(entries: readonly LogEntry[]): void {
    this.deps.together(() => {
      for (const entry of entries) if (entry.seq === this.deps.cursor() + 1) this.deps.apply(entry);
    });
    this.#release();
  }

  /** Wakes who waits. After a reset all are woken: positions of a log that is gone never come, and who was woken in vain asks again. */
  #release(cursor = this.deps.cursor()): void {
    const ready = this.#waiting.filter(({ seq }) => seq <= cursor);
    this.#waiting = this.#waiting.filter(({ seq }) => seq > cursor);
    for (const { go } of ready) go();
  }
}
