import type { Id } from "@/domain/id";
import type { Limits } from "./limits";

/** Which conversations are on the screen. What an open one has loaded stays; closed ones are cut short, the longest closed first dropped. */
export class OpenWindows {
  readonly #open = new Map<Id, number>();
  readonly #closed = new Set<Id>();

  /** `trim` keeps so many of the newest messages of a conversation. */
  constructor(
    private readonly limits: Pick<Limits, "closedMessages" | "closedThreads">,
    private readonly trim: (threadId: Id, keep: number) => void,
  ) {}

  ids(): readonly Id[] {
    return [...this.#open.keys()];
  }

  isOpen(threadId: Id): boolean {
    return this.#open.has(threadId);
  }

  open(threadId: Id): () => void {
    this.#closed.delete(threadId);
    this.#open.set(threadId, (this.#open.get(threadId) ?? 0) + 1);
    let open = true;
    return () => {
      if (open) this.#close(threadId);
      open = false;
    };
  }

  #close(threadId: Id): void {
    const others = (this.#open.get(threadId) ?? 1) - 1;
    if (others > 0) return void this.#open.set(threadId, others);
    this.#open.delete(threadId);
    this.#closed.add(threadId);
    this.trim(threadId, this.limits.closedMessages);
    for (const oldest of [...this.#closed].slice(0, -this.limits.closedThreads)) {
      this.#closed.delete(oldest);
      this.trim(oldest, 0);
    }
  }
}
