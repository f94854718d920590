import { isDeepStrictEqual } from "node:util";
import type { Id } from "@/domain/id";
import { samePhone } from "@/domain/phone";
import type { Language } from "@/domain/sms/national";
import type { SmsEncoding } from "@/domain/sms/segments";
import { Lru } from "@/server/platform/lru";
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

/** What is kept of one message to one phone. */
interface Kept {
  readonly plan: Plan;
  /** The carrier's ids, by piece; empty where it gave none. */
  readonly ids: ReadonlyMap<number, string>;
  /** What receipts said, by piece. */
  readonly news: ReadonlyMap<number, ReceiptNews>;
}

/** A message of which a receipt spoke, and how it is with it now. */
export interface Told {
  readonly of: Submission;
  readonly progress: Progress;
}

/** All that there is of most messages. */
const OF_ONE_PIECE = ["plan", "i0", "s0"];

/** What a carrier said when it took a piece. */
interface Taken {
  readonly plan: Plan;
  readonly piece: number;
  readonly id: string;
  /** It came when the carrier had been given up on: another try may have begun since, or ended. */
  readonly isLate: boolean;
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
  /** What is being written down. By row. */
  readonly #writes = new Map<string, { readonly late: Promise<void> | undefined; readonly all: Promise<unknown> }>();

  constructor(private readonly rows: SmsRows) {}

  /** Fails as long as something that a carrier took cannot be written down: a store that is read and not written to must not send a text at each try. */
  async begun(of: Submission): Promise<Begun | undefined> {
    await this.#writes.get(rowOf(of))?.all;
    const unkept = this.#unkept.get(rowOf(of)) ?? [];
    this.#unkept.delete(rowOf(of));
    for (const [at, taken] of unkept.entries())
      await this.#write(of, taken).catch((error) => {
        this.#forLater(of, unkept.slice(at));
        throw error;
      });
    const kept = await this.#kept(of);
    return kept && { plan: kept.plan, taken: new Set(kept.ids.keys()) };
  }

  /** After a try that failed: the next one goes on with its plan. Answers what is kept: answers to earlier tries may have come meanwhile. */
  async goOn(of: Submission, plan: Plan): Promise<Begun | undefined> {
    await this.rows.putIf(rowOf(of), "out", ["plan", undefined], { plan });
    return this.begun(of);
  }

  /** Forgets what was taken by another plan, and what became of that. */
  async begin(of: Submission, plan: Plan): Promise<void> {
    await this.rows.replace(rowOf(of), "out", { plan });
  }

  /**
   * Notes the carrier's id of a piece. Some give none: then the piece is taken, and no receipt will find it. One that came late is not noted when the message was
   * begun anew, or the piece was taken at another try.
   */
  async keep(of: Submission, plan: Plan, piece: number, id: string, isLate = false): Promise<void> {
    const taken = { plan, piece, id, isLate };
    try {
      await this.#inTurn(rowOf(of), isLate, () => this.#write(of, taken));
    } catch (error) {
      this.#forLater(of, [taken]);
      throw error;
    }
  }

  #forLater(of: Submission, taken: readonly Taken[]): void {
    this.#unkept.set(rowOf(of), [...taken, ...(this.#unkept.get(rowOf(of)) ?? [])]);
  }

  /** What comes late looks before it writes, so nothing else is written to the row meanwhile. */
  async #inTurn(row: string, isLate: boolean, work: () => Promise<void>): Promise<void> {
    const before = this.#writes.get(row);
    const write = (async () => {
      await (isLate ? before?.all : before?.late);
      await work();
    })();
    const settled = write.catch(() => {});
    const writes = { late: isLate ? settled : before?.late, all: Promise.all([before?.all, settled]) };
    this.#writes.set(row, writes);
    void writes.all.then(() => this.#writes.get(row) === writes && this.#writes.delete(row));
    return write;
  }

  #write(of: Submission, taken: Taken): Promise<void> {
    return taken.isLate ? this.#writeLate(of, taken) : this.#writeNow(of, taken);
  }

  async #writeNow(of: Submission, { plan, piece, id }: Taken): Promise<void> {
    await this.rows.put("out", new Map([[rowOf(of), { plan, [`i${piece}`]: id }], ...placeOf(of, plan, piece, id)]));
  }

  async #writeLate(of: Submission, { plan, piece, id }: Taken): Promise<void> {
    for (;;) {
      const kept = await this.#kept(of);
      if (kept !== undefined && (kept.ids.has(piece) || !isDeepStrictEqual(kept.plan, plan))) return;
      await this.rows.put("out", new Map(placeOf(of, plan, piece, id)));
      if (await this.rows.putIf(rowOf(of), "out", ["plan", kept?.plan], { plan, [`i${piece}`]: id })) return;
    }
  }

  /** Notes what a receipt said; answers the message it is about, if that is known already. It went to one of `phones`. */
  async receipt(carrier: string, id: string, phones: readonly string[], news: ReceiptNews): Promise<Told | undefined> {
    const forms = messageIdForms(id);
    const told = await this.#tell(carrier, forms, phones, news);
    if (told !== undefined) return told;
    await this.#keepNews(receiptRow(carrier, forms[0] as string), { ...news, phones });
    return this.#tell(carrier, forms, phones, news);
  }

  /** How it is with a message, receipts included that came before it was written down. */
  async progress(of: Submission): Promise<Progress | undefined> {
    const kept = await this.#kept(of);
    if (kept === undefined) return undefined;
    let now = kept;
    for (const [piece, id] of kept.ids) {
      if (id === "" || isFinal(kept.news.get(piece)?.state ?? "waiting")) continue; // what is not final may have come after what was early
      const news = await this.#early(kept.plan.carrier, id, of.to);
      if (news !== undefined) now = (await this.#note(of, piece, now, news)) ?? now;
    }
    return progressOf(now);
  }

  async #kept(of: Submission): Promise<Kept | undefined> {
    let cells = await this.rows.all(rowOf(of), "out", OF_ONE_PIECE);
    const plan = cells.get("plan") as Plan | undefined;
    if (plan !== undefined && plan.pieces > 1) cells = await this.rows.all(rowOf(of), "out");
    return plan && { plan, ids: byPiece<string>(cells, "i"), news: byPiece<ReceiptNews>(cells, "s") };
  }

  /** Tells the message that the receipt is about. */
  async #tell(carrier: string, forms: readonly string[], phones: readonly string[], news: ReceiptNews): Promise<Told | undefined> {
    for (const form of forms) {
      const place = await this.rows.get<Place>(receiptRow(carrier, form), "out", "place");
      if (place === undefined || !isOneOf(phones, place.to)) continue;
      const { piece, ...of } = place;
      const kept = await this.#kept(of);
      if (kept === undefined || normalMessageId(kept.ids.get(piece) ?? "") !== form) continue; // its sender has asked for all of it again
      const now = await this.#note(of, piece, kept, news);
      return now && { of, progress: progressOf(now) };
    }
    return undefined;
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

  async #keepNews(row: string, news: EarlyNews): Promise<void> {
    await this.rows.change<EarlyNews>(row, "out", "state", (was) =>
      was === undefined || !was.phones.some((phone) => isOneOf(news.phones, phone)) || isNews(was, news) ? news : undefined,
    );
  }
}

function byPiece<T>(cells: ReadonlyMap<string, unknown>, kind: string): Map<number, T> {
  return new Map([...cells].filter(([name]) => name.startsWith(kind)).map(([name, value]) => [Number(name.slice(1)), value as T]));
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

const placeOf = (of: Submission, plan: Plan, piece: number, id: string): [string, Record<string, unknown>][] =>
  id === "" ? [] : [[receiptRow(plan.carrier, normalMessageId(id)), { place: { ...of, piece } }]];
const rowOf = ({ messageId, to }: Submission): string => `o:${messageId}:${to}`;
const receiptRow = (carrier: string, id: string): string => `r:${carrier}:${id}`;
