import type { Clock } from "@/domain/id";
import type { Concatenation } from "./header";
import { Remembered, type Texts } from "./remembered";

export interface MessagePart extends Concatenation {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** What became of parts. Each part given to `add` comes back in exactly one of these, so that its caller can forget it. */
export type Assembled<P extends MessagePart> =
  | {
      readonly kind: "message";
      /** With "[…]" for each gap. */
      readonly text: string;
      /** Numbers of the parts that did not come. */
      readonly missing: readonly number[];
      /** In order of their numbers, at least one. */
      readonly parts: readonly P[];
    }
  /** Came before, and says nothing new. */
  | { readonly kind: "repeat"; readonly parts: readonly P[] };

export interface ReassemblerOptions {
  readonly clock: Clock;
  /** How long the first part waits for the last, in ms. 10 minutes when left out. */
  readonly waitMs?: number;
  /** How long a message is remembered to know repeats of its parts by, in ms. 10 minutes when left out. */
  readonly rememberMs?: number;
  /** Parts held for messages that are not whole; above it the oldest message goes out as it is. As many are remembered. 20,000 when left out. */
  readonly maxParts?: number;
  /** The same for one sender. Twice what one message can have, 510, when left out. */
  readonly maxPartsOfSender?: number;
}

interface Collection<P> {
  readonly since: number;
  readonly parts: Map<number, P>;
  /** The message that had this key before. */
  readonly before: Texts | undefined;
}

const TEN_MINUTES = 600_000;
const GAP = "[…]";

/**
 * Joins the parts of long messages. Nothing is lost when a bound is met: what is there goes out with gaps. It holds parts in memory only:
 * who must not lose them keeps each until it comes back. The same parts at the same times give the same answers.
 */
export class Reassembler<P extends MessagePart> {
  /** By key, in order of their beginning. */
  readonly #open = new Map<string, Collection<P>>();
  readonly #counts = new Map<string, number>();
  readonly #remembered: Remembered;
  readonly #options: Required<ReassemblerOptions>;
  #held = 0;

  constructor({ clock, waitMs = TEN_MINUTES, rememberMs = TEN_MINUTES, maxParts = 20_000, maxPartsOfSender = 510 }: ReassemblerOptions) {
    this.#options = { clock, waitMs, rememberMs, maxParts, maxPartsOfSender };
    this.#remembered = new Remembered(clock, rememberMs, maxParts);
  }

  /** Parts of messages that are not whole. */
  get held(): number {
    return this.#held;
  }

  /** Mostly nothing; the message that this part makes whole; and those that had to go for it. */
  add(part: P): Assembled<P>[] {
    const key = keyOf(part);
    const twin = this.#open.get(key)?.parts.get(part.number);
    if (twin?.text === part.text) return [{ kind: "repeat", parts: [part] }];
    // Another text under the same number: the sender has come round to this reference again.
    const pushedOut = twin === undefined ? [] : this.#giveOut(key);
    const { parts } = this.#put(key, part);
    const whole = parts.size === part.total ? this.#giveOut(key) : [];
    return [...pushedOut, ...whole, ...this.#makeRoom(part.from)];
  }

  /** Messages whose parts have waited long enough. To be called now and then. */
  expired(): Assembled<P>[] {
    const due = this.#options.clock() - this.#options.waitMs;
    return [...this.#open].filter(([, { since }]) => since <= due).flatMap(([key]) => this.#giveOut(key));
  }

  #put(key: string, part: P): Collection<P> {
    const collection = this.#open.get(key) ?? { since: this.#options.clock(), parts: new Map<number, P>(), before: this.#remembered.get(key) };
    this.#open.set(key, collection);
    collection.parts.set(part.number, part);
    this.#count(part.from, 1);
    return collection;
  }

  #makeRoom(from: string): Assembled<P>[] {
    const out: Assembled<P>[] = [];
    const { maxParts, maxPartsOfSender } = this.#options;
    while ((this.#counts.get(from) ?? 0) > maxPartsOfSender) out.push(...this.#giveOut(this.#oldest((part) => part.from === from)));
    while (this.#held > maxParts) out.push(...this.#giveOut(this.#oldest(() => true)));
    return out;
  }

  #oldest(isMeant: (part: P) => boolean): string {
    for (const [key, { parts }] of this.#open) {
      const [any] = parts.values(); // all have one sender
      if (any !== undefined && isMeant(any)) return key;
    }
    throw new Error("More parts are counted than held.");
  }

  #giveOut(key: string): Assembled<P>[] {
    const collection = this.#open.get(key);
    if (collection === undefined) return [];
    this.#open.delete(key);
    const parts = [...collection.parts.values()].sort((a, b) => a.number - b.number);
    this.#count(parts[0]?.from ?? "", -parts.length);
    const isRepeat = parts.every(({ number, text }) => collection.before?.get(number) === text);
    if (isRepeat) return [{ kind: "repeat", parts }];
    this.#remembered.add(key, new Map(parts.map(({ number, text }) => [number, text])));
    return [{ kind: "message", parts, ...joined(parts) }];
  }

  #count(from: string, change: number): void {
    this.#held += change;
    const count = (this.#counts.get(from) ?? 0) + change;
    if (count === 0) this.#counts.delete(from);
    else this.#counts.set(from, count);
  }
}

const keyOf = ({ from, to, reference, total }: MessagePart): string => JSON.stringify([from, to, reference, total]);

function joined(parts: readonly MessagePart[]): { readonly text: string; readonly missing: number[] } {
  const texts = new Map(parts.map(({ number, text }) => [number, text]));
  const numbers = Array.from({ length: parts[0]?.total ?? 0 }, (_, index) => index + 1);
  const missing = numbers.filter((number) => !texts.has(number));
  const pieces = numbers.map((number) => texts.get(number) ?? (number > 1 && !texts.has(number - 1) ? "" : GAP));
  return { text: pieces.join(""), missing };
}
