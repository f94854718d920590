import { phoneOf } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Delivery } from "@/domain/message";
import type { Person } from "@/domain/person";
import { type Letter, Refused, type Taken, type Way } from "@/server/delivery/outside-step";
import { type Carrier, carriersFor, type Price } from "./carrier";
import type { Consent } from "./consent";
import type { NumberPool } from "./pool";
import type { Plan, Submission, Submissions } from "./submissions";
import { wordsFor } from "./words";

export interface SmsOutOptions {
  readonly carriers: readonly Carrier[];
  readonly directory: { many(ids: readonly Id[]): Promise<ReadonlyMap<Id, Person>> };
  readonly pool: NumberPool;
  readonly consent: Consent;
  readonly submissions: Submissions;
  /** Numbers that join segments, 16 bits. */
  readonly reference: () => number;
  /** Takes into the mailbox what receipts said that came before it knew that the message was sent. */
  readonly settle: (submission: Submission) => Promise<void>;
}

const MINUTE = 60_000;
/** A text that costs as much as ten others is one nobody meant to send. */
export const MAX_SEGMENTS = 10;

/** The way of messages to phones: from the number that stands for the conversation there, by the cheapest carrier that works. */
export class SmsOut implements Way {
  readonly channel = "sms";
  readonly pauses = [5_000, 15_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
  readonly tries = 12;
  readonly lookBack = 0;
  constructor(private readonly options: SmsOutOptions) {}

  /** Fails with Refused. */
  async send(letter: Letter): Promise<Taken> {
    const of = submissionOf(letter);
    const phone = phoneOf(letter.to) ?? "";
    if (!(await this.options.consent.allows(phone))) throw new Refused(true, "asked-to-stop", `${phone} asked not to be written to.`);
    const { plan, carrier, price } = await this.#plan(letter, of, phone);
    await this.#hand(of, plan, carrier, phone);
    const { from, segments, encoding } = plan;
    const cost = { micros: price.micros * segments, currency: price.currency };
    return { reason: "accepted-by-carrier", detail: carrier.name, sms: { from, segments, encoding, carrier: carrier.name, cost } };
  }

  reported({ user, message, to }: Letter, { state }: Delivery): Promise<void> {
    return state === "sent" ? this.options.settle(submissionOf({ user, message, to })) : Promise.resolve();
  }

  /** What was begun goes on as it was; else it is decided now. */
  async #plan(letter: Letter, of: Submission, phone: string): Promise<{ plan: Plan; carrier: Carrier; price: Price }> {
    const able = carriersFor(this.options.carriers, phone);
    if (able.length === 0) throw new Refused(true, "no-way-to-reach", `No carrier of this Braid reaches ${phone}.`);
    const begun = letter.message.delivery?.[letter.to]?.attempts ? await this.options.submissions.plan(of) : undefined;
    const same = begun && able.find(({ carrier }) => carrier.name === begun.carrier);
    if (begun && same) return { plan: begun, ...same };
    const [{ carrier, price }] = able as [{ carrier: Carrier; price: Price }];
    const plan = await this.#begin(letter, phone, carrier);
    if (plan.pieces > 1) await this.options.submissions.keepPlan(of, plan); // of one piece there is nothing to go on with
    return { plan, carrier, price };
  }

  async #begin({ user, message, thread }: Letter, phone: string, carrier: Carrier): Promise<Plan> {
    const { pool, directory, reference } = this.options;
    const assignment = await pool.assign(phone, { threadId: thread.id, user }, carrier.numbers);
    const sender = (await directory.many([message.from])).get(message.from);
    const text = wordsFor({ message, thread, assignment, sender: sender?.name ?? "Braid" });
    const cut = carrier.cut(text);
    if (cut.segments > MAX_SEGMENTS)
      throw new Refused(true, "too-many-segments", `It would take ${cut.segments} text messages, and ${MAX_SEGMENTS} is the most.`);
    return { carrier: carrier.name, from: assignment.number, text, reference: reference(), ...cut };
  }

  /** Hands over the pieces the carrier does not have yet. What it took is written down even if others were refused. */
  async #hand(of: Submission, plan: Plan, carrier: Carrier, phone: string): Promise<void> {
    const skip = plan.pieces > 1 ? await this.options.submissions.taken(of) : new Set<number>();
    const { from, text, reference, language } = plan;
    const { ids, failures } = await carrier.submit({ from, to: phone, text, reference, skip, ...(language && { language }) });
    if (ids.size > 0) await this.options.submissions.keep(of, plan, ids);
    if (failures.length > 0) throw worst(failures);
  }
}

const submissionOf = ({ user, message, to }: Pick<Letter, "user" | "message" | "to">): Submission => ({
  user,
  threadId: message.threadId,
  messageId: message.id,
  to: phoneOf(to) ?? "",
});

/** What will never go makes the message one that will never go. */
const worst = (failures: readonly unknown[]): unknown =>
  failures.find((failure) => !(failure instanceof Refused)) ?? failures.find((failure) => (failure as Refused).permanent) ?? failures[0];
