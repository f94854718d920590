import type { Clock, Id } from "@/domain/id";
import type { Shelf, Timers } from "./ports";
import { readJson } from "./shelf";
import type { Failure } from "./types";

/** Milliseconds without a key after which the server gets the text. */
const PAUSE = 800;

export interface DraftsDeps {
  readonly shelf: Shelf;
  readonly user: Id;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly save: (threadId: Id, text: string) => Promise<Failure | undefined>;
  readonly changed: (threadId: Id) => void;
}

interface Local {
  readonly text: string;
  readonly at: number;
}

/**
 * Composer texts that the server does not have yet. Each is on the shelf with every key, so reload, crash and sign-out lose nothing; it goes
 * when the server has it, and from then on the conversation's own draft, which other devices write too, is what shows.
 */
export class Drafts {
  readonly #locals = new Map<Id, Local>();
  readonly #saving = new Map<Id, Local>();
  readonly #timers = new Map<Id, () => void>();
  readonly #prefix: string;

  constructor(private readonly deps: DraftsDeps) {
    this.#prefix = `braid.draft.${deps.user}.`;
    for (const key of deps.shelf.keys(this.#prefix)) {
      const local = readJson(deps.shelf, key, isLocal);
      if (local) this.#locals.set(key.slice(this.#prefix.length), local);
    }
  }

  /** The text written here and not saved; undefined when what the server has is what counts. */
  local(threadId: Id): string | undefined {
    return this.#locals.get(threadId)?.text;
  }

  set(threadId: Id, text: string): void {
    const local = { text, at: this.deps.clock() };
    this.#locals.set(threadId, local);
    this.deps.shelf.set(this.#prefix + threadId, JSON.stringify(local satisfies Local));
    this.#timers.get(threadId)?.();
    this.#timers.set(
      threadId,
      this.deps.timers.after(PAUSE, () => this.flush(threadId)),
    );
    this.deps.changed(threadId);
  }

  /** Saves one text now, or all: the composer lost the focus, the page is being hidden, the connection is back. */
  flush(threadId?: Id): void {
    for (const id of threadId === undefined ? [...this.#locals.keys()] : [threadId]) void this.#save(id);
  }

  async #save(threadId: Id): Promise<void> {
    this.#timers.get(threadId)?.();
    this.#timers.delete(threadId);
    const local = this.#locals.get(threadId);
    if (local === undefined || this.#saving.get(threadId) === local) return;
    this.#saving.set(threadId, local);
    const failure = await this.deps.save(threadId, local.text);
    if (this.#saving.get(threadId) === local) this.#saving.delete(threadId);
    if (failure !== undefined || this.#locals.get(threadId) !== local) return;
    this.#locals.delete(threadId);
    this.deps.shelf.remove(this.#prefix + threadId);
    this.deps.changed(threadId);
  }
}

function isLocal(value: unknown): value is Local {
  const local = value as Partial<Local> | null;
  return typeof local?.text === "string" && typeof local.at === "number";
}
