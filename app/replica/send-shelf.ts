import { type Id, isId } from "@/domain/id";
import { isErrorCode } from "../api/failure";
import type { Pending } from "./acts";
import type { Shelf } from "./ports";
import { readJson } from "./shelf";
import type { Failure } from "./types";

/** More messages than this do not wait over a reload. */
const MAX_KEPT = 200;

interface Kept {
  readonly threadId: Id;
  readonly at: number;
  readonly text: string;
  readonly failure?: Failure;
}

/** Own messages that are not committed, kept over reload, crash and sign-out: one key each, so that tabs do not overwrite each other. */
export class SendShelf {
  readonly #prefix: string;

  constructor(
    private readonly shelf: Shelf,
    user: Id,
  ) {
    this.#prefix = `braid.send.${user}.`;
  }

  /** In the order they were written. */
  all(): Pending[] {
    return this.#keys().flatMap((key) => {
      const maker = key.slice(this.#prefix.length);
      const kept = readJson(this.shelf, key, isKept);
      if (kept === undefined || !isId(maker)) return [];
      const { threadId, at, text, failure } = kept;
      return [{ maker, threadId, at, act: { type: "send", text } as const, ...(failure && { failure }) }];
    });
  }

  put({ maker, threadId, at, act, failure }: Pending): void {
    if (act.type !== "send") return;
    const key = this.#prefix + maker;
    if (this.shelf.get(key) === undefined && this.#keys().length >= MAX_KEPT) return;
    this.shelf.set(key, JSON.stringify({ threadId, at, text: act.text, failure } satisfies Kept));
  }

  remove({ maker }: Pending): void {
    this.shelf.remove(this.#prefix + maker);
  }

  #keys(): string[] {
    return [...this.shelf.keys(this.#prefix)].sort();
  }
}

function isKept(value: unknown): value is Kept {
  const kept = value as Partial<Kept> | null;
  const known = typeof kept?.threadId === "string" && typeof kept.at === "number" && typeof kept.text === "string";
  return known && (kept.failure === undefined || isErrorCode(kept.failure.code));
}
