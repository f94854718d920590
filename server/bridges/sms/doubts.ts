import type { Clock } from "@/domain/id";
import { Refused } from "@/server/delivery/outside-step";
import type { Carrier, Handed, Sms } from "./carrier";
import { type DoubtFacts, decideDoubt, GRACE, type Sent } from "./decide-doubt";
import { HandOvers } from "./hand-overs";
import { byPiece, type HandOver, type Place, pairRow, receiptRow, rowOf, type Submission } from "./out-rows";
import type { SmsRows } from "./rows";
import type { Begun, Plan, Submissions } from "./submissions";
import { Unclaimed } from "./unclaimed";

export interface DoubtsDeps {
  readonly rows: SmsRows;
  readonly submissions: Pick<Submissions, "note" | "release" | "keep">;
  readonly clock: Clock;
}

/** The part of a carrier that matters here. */
type Bearer = Pick<Carrier, "name" | "upSince">;

/**
 * Texts that were handed to a carrier which never said whether it has them: because the connection broke, or Braid died. SMPP has no id to ask by.
 * But the receipt of such a text comes, with an id that nobody knows and with its two numbers, which stand for one conversation: by that it is known.
 */
export class Doubts {
  readonly #unclaimed: Unclaimed;
  readonly #handOvers: HandOvers;

  constructor(private readonly deps: DoubtsDeps) {
    [this.#unclaimed, this.#handOvers] = [new Unclaimed(deps.rows), new HandOvers(deps.rows)];
  }

  /** What of a text is known to be taken; the rest may be handed over. Fails with Refused, `carrier-unsure`, as long as that is not known. */
  async clear(of: Submission, begun: Begun, carrier: Bearer): Promise<Begun> {
    const [pair, row] = [pairRow(begun.plan.carrier, begun.plan.from, of.to), rowOf(of)];
    await this.#handOvers.know(pair);
    const known = begun.doubts.size === 0 ? begun : await this.#look(pair, of, begun, carrier);
    if (known.taken.size === begun.plan.pieces) this.#handOvers.end(pair, row);
    else this.#inTurn(pair, row, carrier);
    return known;
  }

  /** Hands over what the carrier does not have. That is noted before, so that whoever comes after a crash knows what is in doubt. */
  async handOver(of: Submission, begun: Begun, submit: (sms: Pick<Sms, "skip" | "took">) => Promise<Handed>): Promise<Handed> {
    const { plan, taken: skip } = begun;
    const [pair, row, at] = [pairRow(plan.carrier, plan.from, of.to), rowOf(of), this.deps.clock()];
    const pieces = Array.from({ length: plan.pieces }, (_, piece) => piece).filter((piece) => !skip.has(piece));
    await this.#note(pair, of, begun, pieces, at);
    const took = new Set<number>();
    const keep = async (piece: number, id: string): Promise<void> => {
      took.add(piece);
      await this.deps.submissions.keep(of, plan.carrier, piece, id);
      if (id === "") await this.#unclaimed.nameless(plan.carrier, at);
    };
    const handed = await submit({ skip, took: keep });
    const doubtful = handed.doubtful ?? new Set<number>();
    if (doubtful.size > 0) this.#handOvers.doubt(pair, row, at);
    else this.#handOvers.end(pair, row);
    const refused = pieces.filter((piece) => !took.has(piece) && !doubtful.has(piece));
    await this.deps.submissions.release(of, refused);
    return handed;
  }

  async #note(pair: string, of: Submission, begun: Begun, pieces: readonly number[], at: number): Promise<void> {
    const row = rowOf(of);
    const others = this.#handOvers.doubts(pair, row).map((other): [string, Record<string, unknown>] => [other.row, { shut: at }]);
    const last = this.#handOvers.begin(pair, row, at);
    try {
      await this.deps.submissions.note(of, begun, pieces, { at }, new Map([[pair, { last }], ...others]));
    } catch (error) {
      this.#handOvers.end(pair, row);
      throw error;
    }
  }

  /**
   * What comes behind a text in doubt waits until that had time for its receipt, lest its own be taken for it. It waits no longer: then the one in
   * doubt is shut, and has no part in receipts that come later.
   */
  #inTurn(pair: string, row: string, carrier: Bearer): void {
    const since = this.#handOvers.doubts(pair, row).map(({ at }) => at);
    if (since.length === 0) return;
    const { upSince } = carrier;
    if (upSince === undefined || this.deps.clock() - Math.max(upSince, ...since) < GRACE) throw unsure(carrier);
  }

  async #look(pair: string, of: Submission, begun: Begun, carrier: Bearer): Promise<Begun> {
    this.#handOvers.doubt(pair, rowOf(of), Math.max(...[...begun.doubts.values()].map(({ at }) => at)));
    const { adopt, rest } = decideDoubt(await this.#facts(pair, of, begun, carrier));
    for (const { piece, id } of adopt) if (!(await this.#adopt(pair, of, begun.plan, piece, id))) throw unsure(carrier);
    if (rest === "wait") throw unsure(carrier);
    const known = new Set(adopt.map(({ piece }) => piece));
    return { ...begun, taken: new Set([...begun.taken, ...known]), doubts: new Map([...begun.doubts].filter(([piece]) => !known.has(piece))) };
  }

  async #facts(pair: string, of: Submission, { plan, doubts, shut }: Begun, { upSince }: Bearer): Promise<DoubtFacts> {
    const receipts = (await this.#unclaimed.isNameless(plan.carrier)) ? [] : await this.#unclaimed.of(pair);
    // Between the two reads: what is answered later is seen to be claimed, and what begins later has no receipt among these.
    const underWaySince = this.#handOvers.underWaySince(pair, rowOf(of));
    const rows = receipts.map(({ id }) => receiptRow(plan.carrier, id));
    const places = await this.deps.rows.getMany<Place>(rows, "out", "place");
    const isMine = (place: Place | undefined) => place?.messageId === of.messageId && place.to === of.to;
    const others = receipts.filter((_, i) => places[i] !== undefined && !isMine(places[i])).map(({ id }) => id);
    await this.#unclaimed.forget(pair, others);
    const open = receipts.flatMap((receipt, i) => (others.includes(receipt.id) ? [] : [{ ...receipt, ...(places[i] && { mine: places[i].piece }) }]));
    const pieces = [...doubts].map(([piece, { at }]) => ({ piece, at })).sort((a, b) => a.piece - b.piece);
    return {
      now: this.deps.clock(),
      upSince,
      text: plan.text,
      pieces,
      receipts: open,
      before: await this.#before(pair, of, pieces[0]?.at ?? 0),
      underWaySince,
      shut,
    };
  }

  /** Texts of the pair that went before and are in doubt as well. Those of one millisecond went in the order of their messages. */
  async #before(pair: string, of: Submission, at: number): Promise<Sent[]> {
    const others = this.#handOvers.doubts(pair, rowOf(of)).filter((one) => one.at < at || (one.at === at && one.row < rowOf(of)));
    const rows = others.sort((a, b) => a.at - b.at || (a.row < b.row ? -1 : 1)).map(({ row }) => row);
    const found = rows.length === 0 ? [] : await this.deps.rows.allOf(rows, "out");
    return found.flatMap((cells) => {
      const [ids, plan] = [byPiece<string>(cells, "i"), cells.get("plan") as Plan | undefined];
      const shut = cells.get("shut") as number | undefined;
      const open = [...byPiece<HandOver>(cells, "h")].filter(([piece]) => !ids.has(piece));
      return open.map(([, { at }]) => ({ at, text: plan?.text ?? "", shut }));
    });
  }

  /** In this order, so that after a crash in between it is given to nobody else. Answers whether it was free. */
  async #adopt(pair: string, of: Submission, plan: Plan, piece: number, id: string): Promise<boolean> {
    const [row, place] = [receiptRow(plan.carrier, id), { ...of, piece }];
    const kept = await this.deps.rows.change<Place>(row, "out", "place", (was) => (was === undefined ? place : undefined));
    if (kept?.messageId !== of.messageId || kept.to !== of.to || kept.piece !== piece) return false;
    await this.deps.submissions.keep(of, plan.carrier, piece, id);
    await this.#unclaimed.forget(pair, [id]);
    return true;
  }
}

const unsure = ({ name }: Pick<Carrier, "name">): Refused =>
  new Refused(false, "carrier-unsure", `${name} has not said whether it has what was handed to it before. It is given time to send a receipt.`);
