import type { ReceiptState } from "./receipt";

/** How far a segment is: waiting for the carrier, taken by it, or what the receipt says. */
export type SegmentState = "waiting" | "sent" | ReceiptState;

/** How far a message of one or more segments is. Kept as it stands (plain JSON); `progressed` makes the next one. */
export interface Progress {
  readonly segments: readonly SegmentState[];
  readonly state: SegmentState;
  /** Of the segment that failed first. */
  readonly error?: string;
}

/** What is known grows in this order. `accepted` and `unknown` are not final: many carriers send them before the true end. */
const RANKS: Readonly<Record<SegmentState, number>> = {
  waiting: 0,
  sent: 1,
  accepted: 2,
  enroute: 3,
  unknown: 4,
  delivered: 5,
  expired: 5,
  deleted: 5,
  undeliverable: 5,
  rejected: 5,
};

export const isFinal = (state: SegmentState): boolean => RANKS[state] === RANKS.delivered;
const isFailure = (state: SegmentState): boolean => isFinal(state) && state !== "delivered";

export const newProgress = (segments: number): Progress => ({ segments: Array<SegmentState>(segments).fill("waiting"), state: "waiting" });

/**
 * After news of one segment, the first being 0. Returns the same object when that changes nothing: news that is late, repeated or about no
 * segment of ours. The first failure is the message's, whatever its other segments come to: half a message is not a message. It is
 * delivered when all segments are, and until then as far as the segment that is furthest behind.
 */
export function progressed(progress: Progress, segment: number, news: SegmentState, error?: string): Progress {
  const known = progress.segments[segment];
  if (known === undefined || RANKS[news] <= RANKS[known]) return progress;
  const segments = progress.segments.with(segment, news);
  if (isFinal(progress.state)) return { ...progress, segments };
  const state = isFailure(news) ? news : segments.reduce((least, state) => (RANKS[state] < RANKS[least] ? state : least));
  return { segments, state, ...(isFailure(news) && error !== undefined && { error }) };
}
