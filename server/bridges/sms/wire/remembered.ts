import type { Clock } from "@/domain/id";

/** The texts of a message's parts by their numbers. */
export type Texts = ReadonlyMap<number, string>;

/** What went out lately, by key: a carrier that missed our answer sends a part again after the message is whole. */
export class Remembered {
  readonly #messages = new Map<string, { readonly at: number; readonly texts: Texts }>();
  #parts = 0;

  constructor(
    private readonly clock: Clock,
    private readonly rememberMs: number,
    /** Held at most; above it the oldest messages are forgotten. */
    private readonly maxParts: number,
  ) {}

  get(key: string): Texts | undefined {
    const message = this.#messages.get(key);
    return message !== undefined && this.#isFresh(message.at) ? message.texts : undefined;
  }

  add(key: string, texts: Texts): void {
    this.#delete(key);
    this.#messages.set(key, { at: this.clock(), texts });
    this.#parts += texts.size;
    for (const [old, { at }] of this.#messages) {
      if (this.#isFresh(at) && this.#parts <= this.maxParts) break;
      this.#delete(old);
    }
  }

  #isFresh(at: number): boolean {
    return this.clock() - at < this.rememberMs;
  }

  #delete(key: string): void {
    this.#parts -= this.#messages.get(key)?.texts.size ?? 0;
    this.#messages.delete(key);
  }
}
