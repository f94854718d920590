import type { Clock, Id } from "@/domain/id";
import type { Delivery, MailPart, Message } from "@/domain/message";
import type { OutboxEntry } from "@/domain/outbox";
import type { Thread } from "@/domain/thread";
import type { Mailboxes } from "../mailbox/mailboxes";
import { Lru } from "../platform/lru";
import { byOwner } from "./owed";

type Owed = Extract<OutboxEntry, { kind: "message" }>;

/** How far back the mails are looked for that a new one continues. */
const LOOK_BACK = 100;
const MINUTE = 60_000;
/** When an undelivered mail is tried again: RFC 5321 4.5.4.1 asks for growing pauses and days of patience. */
const PAUSES = [10_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE, 2 * 60 * MINUTE, 4 * 60 * MINUTE];
const GIVE_UP = 24;
/** Outcomes that could not be reported yet: many more than can be under way before a store that is away stops the route. */
const UNREPORTED = 10_000;

/** A message on its way out of the house, with the conversation it continues, oldest first. */
export interface Letter {
  readonly message: Message;
  readonly thread: Thread;
  readonly to: string;
  readonly before: readonly Message[];
}

/** The bridge that carries letters. A failure is `MailRefused`. */
export interface MailOut {
  send(letter: Letter): Promise<{ readonly detail: string; readonly messageId: string }>;
}

/** `permanent` failures are final; others are tried again. `code` is a stable word, `detail` the other side's own, shortened. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";
  constructor(
    readonly permanent: boolean,
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

export interface MailStepDeps {
  readonly mailboxes: Mailboxes;
  readonly out: MailOut;
  readonly clock: Clock;
  readonly told: (outcome: { delivery: Delivery; message: Message; to: string }) => void;
}

/** Sends a message to somebody outside by e-mail and reports what became of it. */
export class MailStep {
  /** By message and recipient. */
  readonly #unreported = new Lru<string, Delivery>(UNREPORTED);
  constructor(private readonly deps: MailStepDeps) {}

  async run(user: Id, entry: Owed): Promise<void> {
    const letter = await byOwner(this.#letter(user, entry));
    const copy = `${entry.messageId} ${entry.to}`;
    // What was settled meanwhile must not go out twice: other steps do nothing when repeated, a mail server does not notice.
    if (letter !== undefined && letter.message.delivery?.[entry.to]?.state !== "sending") return this.#unreported.delete(copy);
    if (letter === undefined) return this.#report(user, entry, { state: "failed", channel: "email", at: this.deps.clock(), reason: "message-gone" });
    // Nor must what went out and could not be reported: then only the report is repeated.
    const delivery = this.#unreported.get(copy) ?? (await this.#attempt(letter, entry.attempts + 1));
    this.#unreported.set(copy, delivery);
    await this.#report(user, entry, delivery);
    this.#unreported.delete(copy);
    this.deps.told({ delivery, message: letter.message, to: entry.to });
  }

  async #letter(user: Id, { threadId, messageId, to }: Owed): Promise<Letter | undefined> {
    return this.deps.mailboxes.readOwned(user, async (view) => {
      const [message, thread] = [await view.message(threadId, messageId), await view.thread(threadId)];
      if (message === undefined || thread === undefined) return undefined;
      return { message, thread, to, before: (await view.messagePage(threadId, { before: messageId, limit: LOOK_BACK })).filter(wentByMail) };
    });
  }

  async #attempt(letter: Letter, attempts: number): Promise<Delivery> {
    try {
      const { detail } = await this.deps.out.send(letter);
      return { state: "sent", channel: "email", at: this.deps.clock(), reason: "accepted-by-relay", detail, attempts };
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      return this.#refused(error, attempts);
    }
  }

  #refused({ permanent, code, detail }: MailRefused, attempts: number): Delivery {
    const at = this.deps.clock();
    const failed = { channel: "email", at, reason: code, detail, attempts } as const;
    if (permanent || attempts >= GIVE_UP) return { ...failed, state: "failed" };
    return { ...failed, state: "sending", retryAt: at + (PAUSES[Math.min(attempts, PAUSES.length) - 1] as number) };
  }

  async #report(user: Id, { threadId, messageId, to, attempts }: Owed, delivery: Delivery): Promise<void> {
    const maker = `mail:${messageId}:${to}:${attempts}`;
    await byOwner(this.deps.mailboxes.commit(user, undefined, () => [{ type: "DeliveryReported", at: delivery.at, maker, threadId, messageId, to, delivery }]));
  }
}

/** A message that is a mail, or went out as one: it has a Message-ID others may have seen. */
const wentByMail = ({ mail, delivery }: Message & { mail?: MailPart }): boolean =>
  mail?.messageId !== undefined || Object.values(delivery ?? {}).some(({ channel }) => channel === "email");
