import { AppError } from "@/domain/error";
import type { Clock, Id, IdMinter } from "@/domain/id";
import { cleanText } from "@/server/content/text";
import type { Timers } from "@/server/platform/timers";
import type { IncomingRows, StoredPart, Taken } from "./incoming-rows";
import type { Keyword } from "./keywords";
import type { MediaDue } from "./media-rows";
import { type Assembled, type MessagePart, Reassembler } from "./wire/reassembler";

/** A whole text, joined from its parts. */
export interface WholeText {
  readonly id: Id;
  readonly carrier: string;
  readonly from: string;
  readonly to: string;
  readonly at: number;
  readonly text: string;
  readonly segments: number;
  readonly missing: number;
  readonly media?: readonly MediaDue[];
  readonly note?: string;
  readonly keyword?: Keyword;
}

export interface InboxOptions {
  readonly rows: IncomingRows;
  readonly mint: IdMinter;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Brings a text where it belongs. It is asked again until it succeeds, so a repeat must do nothing. */
  readonly handle: (text: WholeText) => Promise<void>;
  readonly failed: (error: unknown, text: WholeText) => void;
}

interface Held extends MessagePart {
  readonly stored: StoredPart;
}

/** A carrier that lost our answer sends a message again within this, when it is connected again. */
const REPEATS_WITHIN = 10 * 60_000;
const FORGET_AFTER = 60 * 60_000;
const SWEEP = 5_000;
const MOST_WAITING = 20_000;
const retryInMs = (attempts: number): number => Math.min(500 * 2 ** attempts, 60_000);

/**
 * The space between carriers and mailboxes. `take` makes a short message durable; joining it with its like and handing it over come after,
 * and again after a crash, until they are done. Texts of one phone go in their order.
 */
export class SmsInbox {
  readonly #options: InboxOptions;
  readonly #reassembler: Reassembler<Held>;
  /** The last text of each phone that is being handed over. */
  readonly #lanes = new Map<string, Promise<void>>();
  /** Rows that are being written, and rows whose text is being handed over. */
  readonly #coming = new Map<string, Promise<void>>();
  readonly #inHand = new Set<string>();
  #waiting = 0;
  #stopped = false;
  #stopSweep = (): void => {};
  #wake: (() => void)[] = [];

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#reassembler = new Reassembler({ clock: options.clock });
  }

  /** Takes up what was taken before and did not get where it belongs. */
  async start(): Promise<void> {
    const parts: StoredPart[] = [];
    for await (const part of this.#options.rows.backlog(this.#options.clock() - FORGET_AFTER)) parts.push(part);
    for (const part of parts.sort((a, b) => (a.id < b.id ? -1 : 1))) this.#join(part);
    this.#sweepLater();
  }

  /**
   * Resolves when the short message is durable; then the carrier may be answered. `session` names the connection: what comes again in another
   * one, word for word, is the carrier's repeat of something whose answer got lost, and no second message. Where the carrier gives ids, they tell.
   */
  async take(sms: Taken, session: string): Promise<void> {
    if (this.#waiting >= MOST_WAITING) throw new AppError("store/overloaded");
    const { rows, mint, clock } = this.#options;
    const [row, at] = [rows.rowOf(sms), clock()];
    if (sms.carrierId !== undefined) return this.#takeOnce({ ...sms, id: mint.next(), at, row });
    const seen = await rows.seen(row);
    if (seen !== undefined && seen.session !== session && at - seen.at < REPEATS_WITHIN) return;
    const part = { ...sms, id: mint.next(), at, row };
    await rows.add(part, session);
    this.#join(part);
  }

  /** The same at the same time is taken with the first. */
  #takeOnce(part: StoredPart): Promise<void> {
    const coming = this.#coming.get(part.row) ?? this.#keepOnce(part).finally(() => this.#coming.delete(part.row));
    this.#coming.set(part.row, coming);
    return coming;
  }

  /** A store that did not answer the first time may have kept the text all the same: a repeat finds it waiting. */
  async #keepOnce(part: StoredPart): Promise<void> {
    if (await this.#options.rows.addOnce(part)) this.#join(part);
    else if (!this.#inHand.has(part.row)) for (const waiting of await this.#options.rows.waiting(part.row)) this.#join(waiting);
  }

  /** Resolves when nothing can be handed over now. */
  async idle(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopSweep();
    for (const wake of this.#wake.splice(0)) wake();
    await this.idle();
  }

  #join(stored: StoredPart): void {
    const { from, to, text, concatenation } = stored;
    const single = { kind: "message" as const, text, missing: [], parts: [{ from, to, text, reference: 0, total: 1, number: 1, stored }] };
    for (const done of concatenation ? this.#reassembler.add({ from, to, text, ...concatenation, stored }) : [single]) this.#hand(done);
  }

  #hand(done: Assembled<Held>): void {
    const stored = done.parts.map((part) => part.stored);
    const [first] = [...stored].sort((a, b) => (a.id < b.id ? -1 : 1)) as [StoredPart];
    const { id, carrier, from, to, at, media, note, keyword } = first;
    const beside = { ...(media !== undefined && { media }), ...(note !== undefined && { note }), ...(keyword !== undefined && { keyword }) };
    const lane = this.#lanes.get(from) ?? Promise.resolve();
    this.#waiting++;
    for (const { row } of stored) this.#inHand.add(row);
    const next = lane
      .then(() => (done.kind === "repeat" ? undefined : this.#until({ id, carrier, from, to, at, ...beside, ...wholeOf(done) })))
      .then(() => (this.#stopped ? undefined : this.#options.rows.remove(stored)))
      .catch(() => {}) // it stays where it is and is found again
      .finally(() => {
        this.#waiting--;
        for (const { row } of stored) this.#inHand.delete(row);
        if (this.#lanes.get(from) === next) this.#lanes.delete(from);
      });
    this.#lanes.set(from, next);
  }

  /** Hands a text over until that succeeds; rejects when the inbox stops before. */
  async #until(text: WholeText): Promise<void> {
    for (let attempts = 0; !this.#stopped; attempts++) {
      try {
        return await this.#options.handle(text);
      } catch (error) {
        this.#options.failed(error, text);
        await this.#pause(retryInMs(attempts));
      }
    }
    throw new AppError("server/internal");
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake.push(resolve);
      this.#options.timers.after(ms, resolve);
    });
  }

  #sweepLater(): void {
    this.#stopSweep = this.#options.timers.after(SWEEP, () => {
      for (const done of this.#reassembler.expired()) this.#hand(done);
      this.#sweepLater();
    });
  }
}

const wholeOf = ({ text, missing, parts }: Extract<Assembled<Held>, { kind: "message" }>) => ({
  text: cleanText(text),
  segments: parts[0]?.stored.segments ?? parts.length + missing.length,
  missing: missing.length,
});
