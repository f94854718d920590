import { type Action, threadOf } from "@/domain/action";
import type { Clock, Random } from "@/domain/id";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { Lru } from "../platform/lru";
import type { Timers } from "../platform/timers";
import { archiveLog } from "./archive-log";
import { archiveMessages } from "./archive-messages";
import { Blocks } from "./blocks";
import type { Mailboxes } from "./mailboxes";
import type { Commit } from "./owner";

export interface ArchiveLimits {
  /** Newest messages of a thread that stay in the head. */
  readonly keep: number;
  /** Messages in a block. */
  readonly block: number;
  /** Newest entries of the log that stay in the head, one at least; and entries in a block. */
  readonly keepLog: number;
  readonly logBlock: number;
  /** Bytes in a block before it is compressed; it holds one message or entry at least, whatever its size. */
  readonly bytes: number;
  /** A thread is looked at when so many messages came, a log when it has grown by so many entries. */
  readonly every: number;
  /** It rests so many times as long as a block took: people come first, and a large backlog gets a fifth of a core. */
  readonly rest: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = { keep: 300, block: 200, keepLog: 5_000, logBlock: 500, bytes: 1_000_000, every: 100, rest: 4 };

/** Threads and logs whose news are counted, and that may wait to be looked at. */
const COUNTED = 10_000;
const WAITING = 10_000;
/** Milliseconds: clocks jump, and a block that took a night because the machine slept is no reason to rest for days. */
const LONGEST_REST = 60_000;

export interface ArchiverDeps {
  readonly store: WideColumnStore;
  readonly mailboxes: Mailboxes;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly limits?: ArchiveLimits;
  readonly stumbled: (error: unknown) => void;
}

/** What the two kinds of archiving need. */
export interface Archiving extends Pick<ArchiverDeps, "mailboxes" | "clock"> {
  readonly blocks: Blocks;
  readonly limits: ArchiveLimits;
}

/** Answers whether a block was archived, and so there may be more. */
type Work = () => Promise<boolean>;

/**
 * Moves older messages and log entries out of the heads of mailboxes into blocks of the archive: in the background, one block after the
 * other, the mailboxes in turns. Commits are only counted. A count begins at a random place, so that a server that is often started again
 * reaches each thread as soon as any other does, and nothing about it need be stored.
 */
export class Archiver {
  readonly #archiving: Archiving;
  readonly #counts = new Lru<string, number>(COUNTED);
  readonly #waiting = new Map<string, Work>();
  #working: Promise<void> | undefined;
  #stopped = false;
  #goOn: () => void = () => {};

  constructor(private readonly deps: ArchiverDeps) {
    this.#archiving = { ...deps, limits: deps.limits ?? ARCHIVE_LIMITS, blocks: new Blocks(deps.store) };
  }

  /** Counts a commit, and plans to look at what has grown. */
  take({ user, entries }: Commit): void {
    for (const { action } of entries) {
      const threadId = threadOf(action);
      this.#count(`${user}${threadId}`, messagesIn(action), () => archiveMessages(this.#archiving, user, threadId));
    }
    this.#count(user, entries.length, () => archiveLog(this.#archiving, user));
  }

  /** Resolves when nothing is left to do. */
  async settle(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  /** Resolves when the block under way is done; what was planned is found again by later commits. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#goOn();
    await this.settle();
  }

  #count(key: string, news: number, work: Work): void {
    if (news === 0) return;
    const { every } = this.#archiving.limits;
    const count = (this.#counts.get(key) ?? Math.floor(((this.deps.random(1)[0] as number) / 256) * every)) + news;
    this.#counts.set(key, count % every);
    if (count >= every && this.#waiting.size < WAITING && !this.#stopped) this.#plan(key, work);
  }

  #plan(key: string, work: Work): void {
    this.#waiting.set(key, work);
    this.#start();
  }

  /** What was planned while the last run came to its end begins another: nobody would wake it. */
  #start(): void {
    this.#working ??= this.#run().finally(() => {
      this.#working = undefined;
      if (this.#waiting.size > 0) this.#start();
    });
  }

  async #run(): Promise<void> {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || this.#stopped) return this.#waiting.clear();
      const [key, work] = next;
      this.#waiting.delete(key);
      const began = this.deps.clock();
      if (await this.#done(work)) this.#waiting.set(key, work);
      await this.#rest((this.deps.clock() - began) * this.#archiving.limits.rest);
    }
  }

  /** What fails is left to a later commit of that mailbox. */
  async #done(work: Work): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      this.deps.stumbled(error);
      return false;
    }
  }

  async #rest(ms: number): Promise<void> {
    if (ms <= 0 || this.#waiting.size === 0 || this.#stopped) return;
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      this.deps.timers.after(Math.min(ms, LONGEST_REST), resolve);
    });
  }
}

function messagesIn(action: Action): number {
  if ("message" in action) return 1;
  return action.type === "HistoryShared" ? action.messages.length : 0;
}
