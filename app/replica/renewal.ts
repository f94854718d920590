import type { Id } from "@/domain/id";
import type { Folder } from "@/domain/thread";
import type { Limits } from "./limits";
import type { Attempt } from "./loads";
import type { Mailbox } from "./mailbox";
import type { Timers } from "./ports";
import type { Reader } from "./reader";
import type { Topics } from "./topics";

/** The parts of the mailbox that are read by themselves, named as the topics they change. */
export type Part = `folder:${Folder}` | `thread:${Id}` | `messages:${Id}`;

/** Milliseconds the screen stands still at most. */
const STILL = 3_000;

export interface RenewalDeps {
  readonly limits: Limits;
  readonly timers: Timers;
  readonly topics: Topics;
  readonly reader: Reader;
  readonly run: (part: Part, attempt: Attempt) => void;
}

/** Beginning anew without anybody seeing it: what was loaded is read again as far as it was, while the screen keeps what it shows. */
export class Renewal {
  readonly #awaited = new Set<Part>();
  #release: () => void = () => {};

  constructor(private readonly deps: RenewalDeps) {}

  begin(): void {
    this.#release();
    this.#awaited.clear();
    this.#release = this.deps.topics.hold();
    this.deps.timers.after(STILL, this.#release);
    this.deps.topics.touchAll();
  }

  /** Reads again what was in the mailbox before and is of use: folders, open conversations, and what else is watched. */
  read(before: Mailbox, open: readonly Id[]): void {
    const { reader, limits } = this.deps;
    for (const [folder, { key }] of before.horizons) {
      const isAsFar = (horizon: { key: string }) => horizon.key <= key;
      this.#await(`folder:${folder}`, reader.folder(folder, isAsFar, limits.longPage));
    }
    for (const threadId of open) {
      const floor = before.windows.get(threadId)?.floor;
      const isAsFar = (window: { floor: Id }) => floor === undefined || window.floor <= floor;
      this.#await(`messages:${threadId}`, reader.messages(threadId, isAsFar, limits.longPage));
    }
    for (const threadId of new Set([...open, ...this.#watched()])) this.#await(`thread:${threadId}`, reader.thread(threadId));
    if (this.#awaited.size === 0) this.#release();
  }

  /** A part was read, or could not be: with the last one the screen goes on. */
  ended(part: Part): void {
    if (this.#awaited.delete(part) && this.#awaited.size === 0) this.#release();
  }

  #watched(): Id[] {
    return this.deps.topics.watched().flatMap((topic) => (topic.startsWith("thread:") ? [topic.slice("thread:".length)] : []));
  }

  #await(part: Part, attempt: Attempt): void {
    this.#awaited.add(part);
    this.deps.run(part, attempt);
  }
}
