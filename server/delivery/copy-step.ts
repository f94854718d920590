import { outsidePhone, phoneOf } from "@/domain/address";
import { type CopyDecision, type CopyFacts, type CopyText, decideCopy } from "@/domain/decide-copy";
import type { Clock, Id } from "@/domain/id";
import type { Delivery, Message } from "@/domain/message";
import type { MessageOwed } from "@/domain/outbox";
import type { PresenceState } from "@/domain/realtime";
import { USUAL_WISHES } from "@/domain/texting";
import type { Thread } from "@/domain/thread";
import type { Mailboxes } from "../mailbox/mailboxes";
import { kindOf, type Texting } from "./copies";
import type { OutsideStep } from "./outside-step";
import { byOwner } from "./owed";

/** Messages of a conversation that are looked at around one: the most that go in one text. */
const AROUND = 20;

/** What the side of the phones knows. */
export interface CopyPhones {
  stopped(phone: string): Promise<boolean>;
  /** Of a segment by the cheapest carrier, millionths; undefined when none reaches it. */
  price(phone: string): number | undefined;
  /**
   * Decides, seeing the texts of a person so far, and writes it down in the same change when a text is to go: so that two decisions at once
   * see one another. `decide` may be asked again.
   */
  decide(person: Id, decide: (texts: readonly CopyText[]) => CopyDecision, text: Omit<CopyText, "along">): Promise<CopyDecision>;
}

export interface CopyStepDeps {
  readonly mailboxes: Mailboxes;
  readonly toPhone: OutsideStep;
  readonly phones: CopyPhones;
  readonly textingOf: (person: Id) => Promise<Texting | undefined>;
  readonly presence: (person: Id) => PresenceState;
  readonly clock: Clock;
  /** The most that a segment of a copy may cost, millionths. */
  readonly mostPrice: number;
}

interface Found {
  readonly message: Message;
  readonly thread: Thread;
  readonly around: readonly Message[];
  readonly delivery: Delivery;
}

/** Gathers what is true now of a copy that is owed, decides, and does it: sends it, waits on, or says why it is not sent. */
export class CopyStep {
  constructor(private readonly deps: CopyStepDeps) {}

  async run(user: Id, entry: MessageOwed): Promise<void> {
    const { toPhone } = this.deps;
    const found = toPhone.owesReport(entry) ? undefined : await byOwner(this.#find(user, entry));
    if (found === undefined) return toPhone.run(user, entry);
    const decision = await this.#decide(user, found, phoneOf(entry.to) ?? "");
    if (decision.do !== "text") return this.#report(user, entry, found, decision);
    const { reason, last, again } = decision;
    const along = found.around.filter(({ id }) => decision.along.includes(id));
    return toPhone.run(user, entry, { reason, messages: [...along, found.message], last, again });
  }

  /** Nothing when it is settled already. */
  #find(user: Id, { threadId, messageId, to }: MessageOwed): Promise<Found | undefined> {
    return this.deps.mailboxes.readOwned(user, async (view) => {
      const [message, thread] = [await view.message(threadId, messageId), await view.thread(threadId)];
      const delivery = message?.delivery?.[to];
      if (message === undefined || thread === undefined || delivery?.state !== "sending") return undefined;
      const before = await view.messagePage(threadId, { before: messageId, limit: AROUND });
      return { message, thread, delivery, around: [...before, ...(await view.messagePage(threadId, { after: messageId, limit: AROUND }))] };
    });
  }

  async #decide(user: Id, found: Found, phone: string): Promise<CopyDecision> {
    const { phones, textingOf, clock, mostPrice } = this.deps;
    const [texting, stopped] = await Promise.all([textingOf(user), phones.stopped(phone)]);
    const facts: Omit<CopyFacts, "texts"> = {
      ...{ now: clock(), phone, stopped, price: phones.price(phone), mostPrice, presence: this.deps.presence(user) },
      ...{ linked: texting?.phones.includes(phone) ?? false, wishes: texting?.wishes ?? USUAL_WISHES },
      ...factsOf(found, outsidePhone(phone), clock()),
    };
    const { id, threadId } = found.message;
    return phones.decide(user, (texts) => decideCopy({ ...facts, texts }), { at: facts.now, phone, threadId, messageId: id });
  }

  async #report(
    user: Id,
    { threadId, messageId, to }: MessageOwed,
    { delivery: before }: Found,
    decision: Exclude<CopyDecision, { do: "text" }>,
  ): Promise<void> {
    const at = this.deps.clock();
    const { retryAt: _over, ...kept } = before;
    const state = decision.do === "wait" ? ({ state: "sending", retryAt: decision.until } as const) : ({ state: "withheld" } as const);
    const delivery: Delivery = { ...kept, at, copy: decision.reason, ...state };
    const maker = `copy:${messageId}:${to}:${decision.reason}`;
    await byOwner(this.deps.mailboxes.commit(user, undefined, () => [{ type: "DeliveryReported", at, maker, threadId, messageId, to, delivery }], false));
  }
}

function factsOf({ message, thread, around, delivery }: Found, to: string, now: number) {
  const { id, threadId } = message;
  const isUnread = (one: Message): boolean => one.deleted === undefined && one.id > (thread.readUpTo ?? "");
  const isOwed = (one: Message): boolean => isUnread(one) && unsent(one.delivery?.[to]);
  return {
    message: { id, threadId, at: message.at, kind: kindOf(message, thread) },
    ...{ folder: thread.folder, muted: thread.muted !== undefined, read: id <= (thread.readUpTo ?? ""), deleted: message.deleted !== undefined },
    earlier: around.filter((one) => one.id < id && isOwed(one)).map((one) => one.id),
    laterWaits: around.some((one) => one.id > id && isOwed(one) && isDue(one.delivery?.[to], now)),
    before: delivery.copy,
  };
}

const unsent = (delivery: Delivery | undefined): boolean =>
  delivery?.copy !== undefined && (delivery.state === "sending" || (delivery.state === "withheld" && delivery.copy === "joined"));
const isDue = (delivery: Delivery | undefined, now: number): boolean => delivery?.state === "sending" && (delivery.retryAt ?? 0) <= now;
