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
}

export interface ReceiptNews {
  readonly state: SegmentState;
  readonly error?: string;
  readonly at: number;
}

interface EarlyNews extends ReceiptNews {
  readonly phone: string;
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

  /** Pieces that the carrier has already. */
  async taken(of: Submission): Promise<ReadonlySet<number>> {
    const cells = await this.rows.all(rowOf(of), "out");
    return new Set([...cells.keys()].filter((name) => name.startsWith("i")).map((name) => Number(name.slice(1))));
  }

  async keepPlan(of: Submission, plan: Plan): Promise<void> {
    await this.rows.put("out", new Map([[rowOf(of), { plan }]]));
  }

  /** Notes the carrier's ids of pieces. */
  async keep(of: Submission, plan: Plan, ids: ReadonlyMap<number, string>): Promise<void> {
    const places = [...ids].map(([piece, id]) => [receiptRow(plan.carrier, normalMessageId(id)), { place: { ...of, piece } }] as const);
    const own = Object.fromEntries([...ids].map(([piece, id]) => [`i${piece}`, id]));
    await this.rows.put("out", new Map<string, Record<string, unknown>>([[rowOf(of), { plan, ...own }], ...places]));
  }

  /** Notes what a receipt from `phone` said; answers the message it is about, if that is known already. */
  async receipt(carrier: string, id: string, phone: string, news: ReceiptNews): Promise<Submission | undefined> {
    const forms = messageIdForms(id);
    await this.#keepNews(receiptRow(carrier, forms[0] as string), { ...news, phone });
    for (const form of forms) {
      const place = await this.rows.get<Place>(receiptRow(carrier, form), "out", "place");
      if (place === undefined || !samePhone(place.to, phone)) continue;
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
      if (found !== undefined && samePhone(found.phone, phone)) return found;
    }
    return undefined;
  }

  async #note({ piece, ...of }: Place, news: ReceiptNews): Promise<void> {
    await this.rows.change<ReceiptNews>(rowOf(of), "out", `s${piece}`, (was) => (isNews(was, news) ? news : undefined));
  }

  async #keepNews(row: string, news: EarlyNews): Promise<void> {
    await this.rows.change<EarlyNews>(row, "out", "state", (was) =>
      was === undefined || !samePhone(was.phone, news.phone) || isNews(was, news) ? news : undefined,
    );
  }
}

/** States only grow: carriers repeat themselves, and not in order. */
function isNews(was: ReceiptNews | undefined, { state }: ReceiptNews): boolean {
  const known = progressed(newProgress(1), 0, was?.state ?? "waiting");
  return progressed(known, 0, state) !== known;
}

const rowOf = ({ messageId, to }: Submission): string => `o:${messageId}:${to}`;
const receiptRow = (carrier: string, id: string): string => `r:${carrier}:${id}`;
