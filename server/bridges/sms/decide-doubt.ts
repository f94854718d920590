import type { UnclaimedReceipt } from "./unclaimed";

/** A piece that was handed over and never answered. */
export interface Doubtful {
  readonly piece: number;
  /** When, Unix milliseconds. */
  readonly at: number;
}

/** A text that was handed over. */
export interface Sent {
  /** When, Unix milliseconds. */
  readonly at: number;
  readonly text: string;
  /** Receipts from then on are not its own. */
  readonly shut?: number | undefined;
}

export interface DoubtFacts {
  readonly now: number;
  /** Since when the carrier can bring us receipts; undefined when it cannot. */
  readonly upSince: number | undefined;
  readonly text: string;
  /** By rising number: in this order they went. */
  readonly pieces: readonly Doubtful[];
  /** Of our number and the phone's, whose texts nobody knows, as they came; `mine` is the piece that was given it before a crash. */
  readonly receipts: readonly (UnclaimedReceipt & { readonly mine?: number })[];
  /** Texts of the two numbers that went before this one and are in doubt as well, in their order. */
  readonly before: readonly Sent[];
  /** As in `Sent`. */
  readonly shut: number | undefined;
  /** Since when another text of the two numbers is under way. A receipt that came later may be its own. */
  readonly underWaySince: number | undefined;
}

export interface DoubtDecision {
  /** Pieces that the carrier has, by its ids. */
  readonly adopt: readonly { readonly piece: number; readonly id: string }[];
  /** Of the others: whether they may be handed over again now. */
  readonly rest: "go-on" | "wait";
}

/**
 * Milliseconds that a carrier has, once it can reach us again, to bring the receipts it owes before a text is sent again. Carriers send what they
 * kept as soon as we are bound, and networks know of a phone that is on within a few seconds. The third try, twenty seconds after the first, is past it.
 */
export const GRACE = 15_000;
/** Our own clock may be set back by so much between two lives of Braid. */
const TOLERANCE = 2_000;

/** Whose receipts those are: a connection keeps its order, so that the first of them is of what was handed over first, and is left to that. */
export function decideDoubt({ now, upSince, text, shut, pieces, receipts, before, underWaySince = Number.POSITIVE_INFINITY }: DoubtFacts): DoubtDecision {
  const free = receipts.filter(({ mine }) => mine === undefined);
  const sure = free.filter(({ at }) => at < underWaySince);
  const given = new Set<string>();
  const take = (one: Sent): string | undefined => {
    const id = sure.find((receipt) => !given.has(receipt.id) && isOf(receipt, one))?.id;
    if (id !== undefined) given.add(id);
    return id;
  };
  for (const one of before) take(one);
  const adopt = pieces.flatMap(({ piece, at }) => {
    const id = receipts.find(({ mine }) => mine === piece)?.id ?? take({ at, text, shut });
    return id === undefined ? [] : [{ piece, id }];
  });
  const isUnsure = free.length > sure.length;
  const isOver = upSince !== undefined && now - Math.max(upSince, ...pieces.map(({ at }) => at)) >= GRACE;
  return { adopt, rest: adopt.length === pieces.length || (isOver && !isUnsure) ? "go-on" : "wait" };
}

const isOf = ({ at, words }: UnclaimedReceipt, { at: handed, shut = Number.POSITIVE_INFINITY, text }: Sent): boolean =>
  at >= handed - TOLERANCE && at < shut && !contradicts(words, text);

/** Whether a receipt that says how its text begins means another. Letters beyond ASCII are written in as many ways as there are carriers. */
function contradicts(words = "", text: string): boolean {
  return /^[\x20-\x7e\s]*$/.test(text) && !lettersOf(text).includes(lettersOf(words));
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
