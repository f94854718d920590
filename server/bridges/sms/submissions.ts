import { samePhone } from "@/domain/phone";
import type { Language } from "@/domain/sms/national";
import type { SmsEncoding } from "@/domain/sms/segments";
import { Lru } from "@/server/platform/lru";
import { byPiece, type HandOver, type Place, pairRow, receiptRow, rowOf, type Submission } from "./out-rows";
import type { Cells, SmsRows } from "./rows";
import { Unclaimed } from "./unclaimed";
import { messageIdForms, normalMessageId } from "./wire/carrier-id";
import { isFinal, newProgress, type Progress, progressed, type SegmentState } from "./wire/progress";

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
  /** Pieces that were handed over, and nobody knows whether it has them. */
  readonly doubts: ReadonlyMap<number, HandOver>;
  /** Of the pieces that were handed over again after such a doubt, when they were for the first time. */
  readonly again: ReadonlyMap<number, number>;
  /** Since when a later text of the same two numbers was handed over although this one was in doubt: what receipts came then are its own. */
  readonly shut?: number;
}

export interface ReceiptNews {
  readonly state: SegmentState;
  readonly error?: string;
  readonly at: number;
}

/** A receipt as it came: `words` are how the text begins, if it says so. */
export interface ReceiptCame extends ReceiptNews {
  readonly words?: string;
}

interface EarlyNews extends ReceiptNews {
  readonly phones: readonly string[];
}

/** What is kept of one message to one phone. */
interface Kept {
  readonly plan: Plan;
  /** The carrier's ids, by piece; empty where it gave none. */
  readonly ids: ReadonlyMap<number, string>;
  /** What receipts said, by piece. */
  readonly news: ReadonlyMap<number, ReceiptNews>;
  readonly handed: ReadonlyMap<number, HandOver>;
  readonly again: ReadonlyMap<number, number>;
  readonly shut: number | undefined;
}

/** A message of which a receipt spoke, and how it is with it now. */
export interface Told {
  readonly of: Submission;
  readonly progress: Progress;
}

/** All that there is of most messages. */
const OF_ONE_PIECE = ["plan", "i0", "s0", "h0", "g0", "shut"];

/** What a carrier said when it took a piece. */
interface Taken {
  readonly carrier: string;
  readonly piece: number;
  readonly id: string;
}

/** Messages of which something could not be written down: many more than can be under way before a store that is away stops the route. */
const UNKEPT = 10_000;

/**
 * What was handed to carriers, by our message and by the carrier's id. A receipt may come before its submission is written down: each is
 * written before the other is looked for, so that one of the two sees both.
 */
export class Submissions {
  /** Carriers took these while the store did not. By row. */
  readonly #unkept = new Lru<string, readonly Taken[]>(UNKEPT);
  readonly #unclaimed: Unclaimed;

  constructor(private readonly rows: SmsRows) {
    this.#unclaimed = new Unclaimed(rows);
  }

  /** Fails as long as something that a carrier took cannot be written down: a store that is read and not written to must not send a text at each try. */
  async begun(of: Submission): Promise<Begun | undefined> {
    for (const taken of this.#unkept.get(rowOf(of)) ?? []) await this.#write(of, taken);
    this.#unkept.delete(rowOf(of));
    const kept = await this.#kept(of);
    if (kept === undefined) return undefined;
    const { plan, ids, handed, again, shut } = kept;
    const doubts = new Map([...handed].filter(([piece]) => !ids.has(piece)));
    return { plan, taken: new Set(ids.keys()), doubts, again, ...(shut !== undefined && { shut }) };
  }

  /** Forgets what was taken by another plan, and what became of that. */
  async begin(of: Submission, plan: Plan): Promise<void> {
    await this.rows.replace(rowOf(of), "out", { plan });
  }

  /** Notes that these pieces are about to be handed over, those in doubt for another time. `along` is written in the same call. */
  async note(of: Submission, { plan, doubts, again }: Begun, pieces: readonly number[], over: HandOver, along: Cells): Promise<void> {
    const cells: Record<string, unknown> = { plan };
    for (const piece of pieces) {
      const before = doubts.get(piece);
      cells[`h${piece}`] = over;
      if (before !== undefined && !again.has(piece)) cells[`g${piece}`] = before.at;
    }
    await this.rows.put("out", new Map([[rowOf(of), cells], ...along]));
  }

  /** The carrier has said that it does not have these pieces. */
  async release(of: Submission, pieces: readonly number[]): Promise<void> {
    await this.rows.remove(
      rowOf(of),
      "out",
      pieces.map((piece) => `h${piece}`),
    );
  }

  /** Notes the carrier's id of a piece. Some give none: then the piece is taken, and no receipt will find it. */
  async keep(of: Submission, carrier: string, piece: number, id: string): Promise<void> {
    try {
      await this.#write(of, { carrier, piece, id });
    } catch (error) {
      this.#unkept.set(rowOf(of), [...(this.#unkept.get(rowOf(of)) ?? []), { carrier, piece, id }]);
      throw error;
    }
  }

  async #write(of: Submission, { carrier, piece, id }: Taken): Promise<void> {
    const place: [string, Record<string, unknown>][] = id === "" ? [] : [[receiptRow(carrier, normalMessageId(id)), { place: { ...of, piece } }]];
    await this.rows.put("out", new Map([[rowOf(of), { [`i${piece}`]: id }], ...place]));
  }

  /** Notes what a receipt said; answers the message it is about, if that is known already. It went to one of `phones`. */
  async receipt(carrier: string, id: string, phones: readonly string[], { words, ...news }: ReceiptCame): Promise<Told | undefined> {
    const forms = messageIdForms(id);
    const known = await this.#tell(carrier, forms, phones, news);
    if (known?.told !== undefined) return known.told;
    const form = forms[0] as string;
    // Whom it is about may be in doubt. What was known before, and is no more, is nobody's.
    const receipt = { id: form, at: news.at, ...(words !== undefined && { words }) };
    await this.#keepNews(receiptRow(carrier, form), { ...news, phones }, known ? new Map() : this.#unclaimed.cells(carrier, phones, receipt));
    if (!known) await this.#unclaimed.trim(carrier, phones);
    const told = (await this.#tell(carrier, forms, phones, news))?.told;
    if (told !== undefined && !known) await this.#claimed(carrier, phones, form);
    return told;
  }

  /** How it is with a message, receipts included that came before it was written down. */
  async progress(of: Submission): Promise<Progress | undefined> {
    const kept = await this.#kept(of);
    if (kept === undefined) return undefined;
    let now = kept;
    for (const [piece, id] of kept.ids) {
      if (id === "" || isFinal(kept.news.get(piece)?.state ?? "waiting")) continue; // what is not final may have come after what was early
      const news = await this.#early(kept.plan.carrier, id, of.to);
      if (news === undefined) continue;
      now = (await this.#note(of, piece, now, news)) ?? now;
      await this.#claimed(kept.plan.carrier, [kept.plan.from, of.to], ...messageIdForms(id));
    }
    return progressOf(now);
  }

  async #kept(of: Submission): Promise<Kept | undefined> {
    let cells = await this.rows.all(rowOf(of), "out", OF_ONE_PIECE);
    const plan = cells.get("plan") as Plan | undefined;
    if (plan !== undefined && plan.pieces > 1) cells = await this.rows.all(rowOf(of), "out");
    const [ids, news] = [byPiece<string>(cells, "i"), byPiece<ReceiptNews>(cells, "s")];
    const [handed, again, shut] = [byPiece<HandOver>(cells, "h"), byPiece<number>(cells, "g"), cells.get("shut") as number | undefined];
    return plan && { plan, ids, news, handed, again, shut };
  }

  async #claimed(carrier: string, [one, other]: readonly string[], ...ids: readonly string[]): Promise<void> {
    if (one !== undefined && other !== undefined) await this.#unclaimed.forget(pairRow(carrier, one, other), ids);
  }

  /** Tells the message that the receipt is about; undefined when its id says nothing to us. */
  async #tell(carrier: string, forms: readonly string[], phones: readonly string[], news: ReceiptNews): Promise<{ told?: Told } | undefined> {
    let isKnown = false;
    for (const form of forms) {
      const place = await this.rows.get<Place>(receiptRow(carrier, form), "out", "place");
      if (place === undefined || !isOneOf(phones, place.to)) continue;
      isKnown = true;
      const { piece, ...of } = place;
      const kept = await this.#kept(of);
      if (kept === undefined || normalMessageId(kept.ids.get(piece) ?? "") !== form) continue; // its sender has asked for all of it again
      const now = await this.#note(of, piece, kept, news);
      return now ? { told: { of, progress: progressOf(now) } } : {};
    }
    return isKnown ? {} : undefined;
  }

  async #early(carrier: string, id: string, phone: string): Promise<ReceiptNews | undefined> {
    const rows = messageIdForms(id).map((form) => receiptRow(carrier, form));
    const found = await this.rows.getMany<EarlyNews>(rows, "out", "state");
    return found.find((news) => news !== undefined && isOneOf(news.phones, phone));
  }

  /** Answers what is kept then. Others may note other pieces meanwhile, and whoever comes last must see all. */
  async #note(of: Submission, piece: number, before: Kept, news: ReceiptNews): Promise<Kept | undefined> {
    let kept: Kept | undefined = before;
    while (kept !== undefined && isNews(kept.news.get(piece), news)) {
      const done = await this.rows.swap(rowOf(of), "out", `s${piece}`, kept.news.get(piece), news);
      if (done && kept.plan.pieces === 1) return { ...kept, news: new Map([[piece, news]]) };
      kept = await this.#kept(of);
    }
    return kept;
  }

  async #keepNews(row: string, news: EarlyNews, along: Cells): Promise<void> {
    const newer = (was: EarlyNews | undefined): EarlyNews | undefined =>
      was === undefined || !was.phones.some((phone) => isOneOf(news.phones, phone)) || isNews(was, news) ? news : undefined;
    await this.rows.change<EarlyNews>(row, "out", "state", newer, along);
  }
}

function progressOf({ plan, news }: Kept): Progress {
  let progress = newProgress(plan.pieces);
  for (const [piece, { state, error }] of [...news].sort(([, a], [, b]) => a.at - b.at)) progress = progressed(progress, piece, state, error);
  return progress;
}

/** States only grow: carriers repeat themselves, and not in order. */
function isNews(was: ReceiptNews | undefined, { state }: ReceiptNews): boolean {
  const known = progressed(newProgress(1), 0, was?.state ?? "waiting");
  return progressed(known, 0, state) !== known;
}

const isOneOf = (phones: readonly string[], one: string): boolean => phones.some((phone) => samePhone(phone, one));
