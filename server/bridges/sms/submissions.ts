import type { Id } from "@/domain/id";
import { samePhone } from "@/domain/phone";
import type { Language } from "@/domain/sms/national";
import type { SmsEncoding } from "@/domain/sms/segments";
import type { SmsRows } from "./rows";
import { messageIdForms, normalMessageId } from "./wire/carrier-id";
import { isFinal, newProgress, type Progress, progressed, type SegmentState } from "./wire/progress";

/** One message to one phone: whose it is and how it went. */
export interface Submission {
  readonly user: Id;
  readonly threadId: Id;
  readonly messageId: Id;
  readonly to: string;
}

/** How a message is cut: the same when it is tried again, so that the phone joins what came at different times. */
export interface Plan {
  readonly carrier: string;
  readonly from: string;
  readonly text: string;
  readonly reference: number;
  readonly segments: number;
  readonly encoding: SmsEncoding;
  /** What the carrier has ids and receipts of: see `Cut`. */
  readonly pieces: number;
  /** Settings may change between two tries; the cut may not. */
  readonly language?: Language;
  /** When its sender asked for it, Unix milliseconds: who asks again after it failed wants all of it again. */
  readonly asked: number;
}

/** A message that was begun to be handed over. */
export interface Begun {
  readonly plan: Plan;
  /** Pieces that the carrier has already. */
  readonly taken: ReadonlySet<number>;
}

export interface ReceiptNews {
  readonly state: SegmentState;
  readonly error?: string;
  readonly at: number;
}

interface EarlyNews extends ReceiptNews {
  readonly phones: readonly string[];
}

interface Place extends Submission {
  readonly piece: number;
}

/**
 * What was handed to carriers, by our message and by the carrier's id. A receipt may come before its submission is written down: each is
 * written before the other is looked for, so that one of the two sees both.
 */
export class Submissions {
  constructor(private readonly rows: SmsRows) {}

  plan(of: Submission): Promise<Plan | undefined> {
    return this.rows.get<Plan>(rowOf(of), "out", "plan");
  }

  async begun(of: Submission): Promise<Begun | undefined> {
    const cells = await this.rows.all(rowOf(of), "out");
    const plan = cells.get("plan") as Plan | undefined;
    const taken = [...cells.keys()].filter((name) => name.startsWith("i")).map((name) => Number(name.slice(1)));
    return plan && { plan, taken: new Set(taken) };
  }

  /** Forgets what was taken by another plan, and what became of that. */
  async begin(of: Submission, plan: Plan): Promise<void> {
    await this.rows.replace(rowOf(of), "out", { plan });
  }

  /** Notes the carrier's id of a piece. Some give none: then the piece is taken, and no receipt will find it. */
  async keep(of: Submission, plan: Plan, piece: number, id: string): Promise<void> {
    const place: [string, Record<string, unknown>][] = id === "" ? [] : [[receiptRow(plan.carrier, normalMessageId(id)), { place: { ...of, piece } }]];
    await this.rows.put("out", new Map([[rowOf(of), { plan, [`i${piece}`]: id }], ...place]));
  }

  /** Notes what a receipt said; answers the message it is about, if that is known already. It went to one of `phones`. */
  async receipt(carrier: string, id: string, phones: readonly string[], news: ReceiptNews): Promise<Submission | undefined> {
    const forms = messageIdForms(id);
    await this.#keepNews(receiptRow(carrier, forms[0] as string), { ...news, phones });
    for (const form of forms) {
      const place = await this.rows.get<Place>(receiptRow(carrier, form), "out", "place");
      if (place === undefined || !isOneOf(phones, place.to) || !(await this.#isNow(place, form))) continue;
      await this.#note(place, news);
      return place;
    }
    return undefined;
  }

  /** Looks for receipts that came before their submission was written down. */
  async findEarly(of: Submission, { carrier }: Plan): Promise<void> {
    const cells = await this.rows.all(rowOf(of), "out");
    for (const [name, id] of cells) {
      const known = cells.get(`s${name.slice(1)}`) as ReceiptNews | undefined;
      if (!name.startsWith("i") || (known && isFinal(known.state))) continue; // what is not final may have come after what was early
      const news = await this.#early(carrier, id as string, of.to);
      if (news !== undefined) await this.#note({ ...of, piece: Number(name.slice(1)) }, news);
    }
  }

  async progress(of: Submission): Promise<Progress | undefined> {
    const cells = await this.rows.all(rowOf(of), "out");
    const plan = cells.get("plan") as Plan | undefined;
    if (plan === undefined) return undefined;
    let progress = newProgress(plan.pieces);
    const news = [...cells].filter(([name]) => name.startsWith("s")).map(([name, value]) => [Number(name.slice(1)), value as ReceiptNews] as const);
    for (const [piece, { state, error }] of news.sort(([, a], [, b]) => a.at - b.at)) progress = progressed(progress, piece, state, error);
    return progress;
  }

  async #early(carrier: string, id: string, phone: string): Promise<ReceiptNews | undefined> {
    for (const form of messageIdForms(id)) {
      const found = await this.rows.get<EarlyNews>(receiptRow(carrier, form), "out", "state");
      if (found !== undefined && isOneOf(found.phones, phone)) return found;
    }
    return undefined;
  }

  /** Whether the piece still has this id: its sender may have asked for all of it again. */
  async #isNow({ piece, ...of }: Place, form: string): Promise<boolean> {
    const id = await this.rows.get<string>(rowOf(of), "out", `i${piece}`);
    return id !== undefined && normalMessageId(id) === form;
  }

  async #note({ piece, ...of }: Place, news: ReceiptNews): Promise<void> {
    await this.rows.change<ReceiptNews>(rowOf(of), "out", `s${piece}`, (was) => (isNews(was, news) ? news : undefined));
  }

  async #keepNews(row: string, news: EarlyNews): Promise<void> {
    await this.rows.change<EarlyNews>(row, "out", "state", (was) =>
      was === undefined || !was.phones.some((phone) => isOneOf(news.phones, phone)) || isNews(was, news) ? news : undefined,
    );
  }
}

/** States only grow: carriers repeat themselves, and not in order. */
function isNews(was: ReceiptNews | undefined, { state }: ReceiptNews): boolean {
  const known = progressed(newProgress(1), 0, was?.state ?? "waiting");
  return progressed(known, 0, state) !== known;
}

const isOneOf = (phones: readonly string[], one: string): boolean => phones.some((phone) => samePhone(phone, one));

const rowOf = ({ messageId, to }: Submission): string => `o:${messageId}:${to}`;
const receiptRow = (carrier: string, id: string): string => `r:${carrier}:${id}`;
