import { type ParticipantId, phoneOf } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Delivery } from "@/domain/message";
import type { Person } from "@/domain/person";
import { MAX_SEGMENTS, quoteOf, type SmsQuote } from "@/domain/sms/terms";
import { type Letter, Refused, type Taken, type Way } from "@/server/delivery/outside-step";
import { type Carrier, carriersFor, type NoPath, type Path, termsOf, whyNone } from "./carrier";
import type { Consent } from "./consent";
import type { Assignment, NumberPool } from "./pool";
import type { Begun, Plan, Submission, Submissions } from "./submissions";
import { copyWords, wordsFor } from "./words";

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
    const {
      path: { carrier, price },
      ...begun
    } = await this.#plan(letter, of, phone);
    const { plan } = begun;
    await this.#hand(of, begun, carrier, phone);
    const { from, segments, encoding } = plan;
    const cost = { micros: price.micros * segments, currency: price.currency };
    return { reason: "accepted-by-carrier", detail: carrier.name, sms: { from, segments, encoding, carrier: carrier.name, cost } };
  }

  reported({ user, message, to }: Letter, { state }: Delivery): Promise<void> {
    return state === "sent" ? this.options.settle(submissionOf({ user, message, to })) : Promise.resolve();
  }

  /** What was begun goes on as it was, after a crash too; else it is decided now. */
  async #plan(letter: Letter, of: Submission, phone: string): Promise<Begun & { readonly path: Path }> {
    const able = carriersFor(this.options.carriers, phone);
    if (able.length === 0) throw noPath(whyNone(this.options.carriers, phone), phone);
    const begun = await this.options.submissions.begun(of);
    const { attempts, at: asked = 0 } = letter.message.delivery?.[letter.to] ?? {};
    const isSame = begun !== undefined && (letter.copy?.again || attempts !== undefined || begun.plan.asked === asked);
    const same = isSame ? able.find(({ carrier }) => carrier.name === begun.plan.carrier) : undefined;
    if (begun && same) return { ...begun, path: same };
    const path = able.find(({ numbers }) => numbers.length > 0);
    if (path === undefined) throw new Refused(true, "no-number-to-answer", `Texts to ${phone} come from a name, which cannot be answered.`);
    const plan = { ...(await this.#begin(letter, phone, path)), asked };
    // Of one piece there is nothing to go on with: it is taken, or it is not.
    if (plan.pieces > 1 || begun) await this.options.submissions.begin(of, plan);
    return { plan, taken: new Set(), path };
  }

  async #begin(letter: Letter, phone: string, path: Path): Promise<Omit<Plan, "asked">> {
    const { pool, reference } = this.options;
    const { thread, user } = letter;
    const assignment = await pool.assign(phone, { threadId: thread.id, user }, path.numbers);
    const text = await this.#words(letter, assignment, path.carrier);
    const { refused, segments, cost } = quoteOf(text, termsOf(path));
    if (refused !== undefined) throw new Refused(true, refused, REFUSALS[refused](segments, `${cost.micros / 1_000_000} ${cost.currency}`));
    return { carrier: path.carrier.name, from: assignment.number, text, reference: reference(), ...path.carrier.cut(text) };
  }

  async #words({ message, thread, copy }: Letter, assignment: Assignment, carrier: Carrier): Promise<string> {
    const people = await this.options.directory.many((copy?.messages ?? [message]).map(({ from }) => from));
    const nameOf = (id: ParticipantId): string => people.get(id)?.name ?? "Braid";
    if (copy === undefined) return wordsFor({ message, thread, assignment, sender: nameOf(message.from) });
    return copyWords({ copy, thread, assignment, nameOf: (id) => thread.names[id] ?? nameOf(id), cut: (text) => carrier.cut(text) });
  }

  /** Hands over the pieces the carrier does not have yet. What it took is written down at once, whatever becomes of the others. */
  async #hand(of: Submission, { plan, taken: skip }: Begun, carrier: Carrier, phone: string): Promise<void> {
    if (skip.size === plan.pieces) return; // the carrier has it all, and a crash came before that was reported
    const { from, text, reference, language } = plan;
    const { submissions } = this.options;
    const took = (piece: number, id: string, isLate?: true) => submissions.keep(of, plan, piece, id, isLate);
    const { failures } = await carrier.submit({ from, to: phone, text, reference, skip, took, ...(language && { language }) });
    if (failures.length === 0) return;
    const now = await submissions.goOn(of, plan).catch(() => undefined); // what could not be kept is kept before the next try
    if (now?.taken.size !== plan.pieces || now.plan.asked !== plan.asked) throw worst(failures);
  }
}

const REFUSALS: Readonly<Record<NonNullable<SmsQuote["refused"]>, (segments: number, cost: string) => string>> = {
  "too-many-segments": (segments) => `It would take ${segments} text messages, and ${MAX_SEGMENTS} is the most.`,
  "too-expensive": (segments, cost) => `It would take ${segments} text messages, which cost ${cost}: more than is allowed for one.`,
};

const NO_PATH: Readonly<Record<NoPath, (phone: string) => string>> = {
  "no-way-to-reach": (phone) => `No carrier of this Braid reaches ${phone}.`,
  "premium-number": (phone) => `${phone} is a premium number: whoever has it is paid for each text.`,
  "range-not-allowed": (phone) => `${phone} is in a range that is reached only where the settings of a carrier name it.`,
  "country-not-allowed": (phone) => `The settings of the carriers allow no texts to ${phone}.`,
};
const noPath = (why: NoPath, phone: string): Refused => new Refused(true, why, NO_PATH[why](phone));

const submissionOf = ({ user, message, to }: Pick<Letter, "user" | "message" | "to">): Submission => ({
  user,
  threadId: message.threadId,
  messageId: message.id,
  to: phoneOf(to) ?? "",
});

/** What will never go makes the message one that will never go. */
const worst = (failures: readonly unknown[]): unknown =>
  failures.find((failure) => !(failure instanceof Refused)) ?? failures.find((failure) => (failure as Refused).permanent) ?? failures[0];
