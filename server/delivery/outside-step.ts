import { type Channel, isOutside } from "@/domain/address";
import type { CopyReason } from "@/domain/decide-copy";
import type { Clock, Id } from "@/domain/id";
import type { Delivery, Message } from "@/domain/message";
import type { MessageOwed } from "@/domain/outbox";
import type { Thread } from "@/domain/thread";
import type { Mailboxes } from "../mailbox/mailboxes";
import { Lru } from "../platform/lru";
import { byOwner } from "./owed";

/** Outcomes that could not be reported yet: many more than can be under way before a store that is away stops the route. */
const UNREPORTED = 10_000;

/** A message on its way out of the house, with the messages of its conversation before it that the way wants to see, oldest first. */
export interface Letter {
  /** Whose mailbox it leaves. */
  readonly user: Id;
  readonly message: Message;
  readonly thread: Thread;
  readonly to: string;
  readonly before: readonly Message[];
  readonly copy?: CopyLetter;
}

/** What is sent is a copy to a phone of whom the message is for. */
export interface CopyLetter {
  readonly reason: CopyReason;
  /** All that go in one text, oldest first. */
  readonly messages: readonly Message[];
  /** No other goes today. */
  readonly last: boolean;
  /** It was begun before, and may have gone. */
  readonly again: boolean;
}

/** What the other side said when it took a letter. */
export type Taken = Pick<Delivery, "reason" | "detail" | "sms">;

/** A way out of the house: what carries letters, and how patient it is. */
export interface Way {
  readonly channel: Channel;
  /** Milliseconds before the next try, by tries so far; the last holds for all later ones. */
  readonly pauses: readonly number[];
  readonly tries: number;
  /** How many messages back a letter is to show. */
  readonly lookBack: number;
  /** Fails with `Refused`. */
  send(letter: Letter): Promise<Taken>;
  /** What became of it is in the mailbox now. */
  reported?(letter: Letter, delivery: Delivery): Promise<void>;
}

/** `permanent` failures are final; others are tried again. `code` is a stable word, `detail` the other side's own, shortened. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(
    readonly permanent: boolean,
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** The end of a way that is not there: nothing goes, and the message says why. */
export const noWay = (channel: Channel, detail: string): Way => ({
  ...{ channel, pauses: [60_000], tries: 1, lookBack: 0 },
  send: () => Promise.reject(new Refused(true, "no-way-to-reach", detail)),
});

export interface OutsideStepDeps {
  readonly mailboxes: Mailboxes;
  readonly way: Way;
  readonly clock: Clock;
  readonly told: (outcome: { delivery: Delivery; message: Message; to: string }) => void;
}

/** Sends a message to somebody outside and reports what became of it. */
export class OutsideStep {
  /** By message and recipient. */
  readonly #unreported = new Lru<string, Delivery>(UNREPORTED);
  constructor(private readonly deps: OutsideStepDeps) {}

  /** What became of it is known, and could not be reported yet. */
  owesReport({ messageId, to }: MessageOwed): boolean {
    return this.#unreported.get(`${messageId} ${to}`) !== undefined;
  }

  async run(user: Id, entry: MessageOwed, asCopy?: CopyLetter): Promise<void> {
    const { way, clock, told } = this.deps;
    const found = await byOwner(this.#letter(user, entry));
    const letter = found && asCopy ? { ...found, copy: asCopy } : found;
    const copy = `${entry.messageId} ${entry.to}`;
    // What was settled meanwhile must not go out twice: other steps do nothing when repeated, the world outside does not notice.
    if (letter !== undefined && letter.message.delivery?.[entry.to]?.state !== "sending") return this.#unreported.delete(copy);
    if (letter === undefined) return this.#report(user, entry, undefined, { state: "failed", channel: way.channel, at: clock(), reason: "message-gone" });
    // Nor must what went out and could not be reported: then only the report is repeated.
    const delivery = this.#unreported.get(copy) ?? (await this.#attempt(letter, entry.attempts + 1));
    this.#unreported.set(copy, delivery);
    await this.#report(user, entry, letter, delivery);
    this.#unreported.delete(copy);
    told({ delivery, message: letter.message, to: entry.to });
    await way.reported?.(letter, delivery);
  }

  async #letter(user: Id, { threadId, messageId, to }: MessageOwed): Promise<Letter | undefined> {
    const limit = this.deps.way.lookBack;
    return this.deps.mailboxes.readOwned(user, async (view) => {
      const [message, thread] = [await view.message(threadId, messageId), await view.thread(threadId)];
      if (message === undefined || thread === undefined) return undefined;
      return { user, message, thread, to, before: limit === 0 ? [] : await view.messagePage(threadId, { before: messageId, limit }) };
    });
  }

  async #attempt(letter: Letter, attempts: number): Promise<Delivery> {
    const { way, clock } = this.deps;
    const why = letter.copy && { copy: letter.copy.reason };
    try {
      const taken = await way.send(letter);
      return { state: "sent", channel: way.channel, at: clock(), ...taken, attempts, ...why };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { ...this.#refused(error, attempts), ...why };
    }
  }

  #refused({ permanent, code, detail }: Refused, attempts: number): Delivery {
    const { channel, pauses, tries } = this.deps.way;
    const at = this.deps.clock();
    const failed = { channel, at, reason: code, detail, attempts } as const;
    if (permanent || attempts >= tries) return { ...failed, state: "failed" };
    return { ...failed, state: "sending", retryAt: at + (pauses[Math.min(attempts, pauses.length) - 1] as number) };
  }

  async #report(user: Id, { threadId, messageId, to, attempts }: MessageOwed, letter: Letter | undefined, delivery: Delivery): Promise<void> {
    const maker = `${this.deps.way.channel}:${messageId}:${to}:${attempts}`;
    const tell = letter && teller(user, letter.message);
    const report = { type: "DeliveryReported", at: delivery.at, maker, threadId, messageId, to, delivery, ...tell } as const;
    const hurry = delivery.state !== "sent"; // good news may wait a moment and share a commit with other news
    await byOwner(this.deps.mailboxes.commit(user, undefined, () => [report], hurry));
  }
}

/** Who wrote a message hears what became of a copy of it, when it is somebody here. */
export const teller = (user: Id, { from }: Pick<Message, "from">): { tell?: Id } => (from === user || isOutside(from) ? {} : { tell: from });
