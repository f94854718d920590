import type { Id } from "@/domain/id";
import { phoneKey } from "@/domain/phone";

/** One message to one phone: whose it is and how it went. */
export interface Submission {
  readonly user: Id;
  readonly threadId: Id;
  readonly messageId: Id;
  readonly to: string;
}

/** Whose the text with an id of the carrier's is. */
export interface Place extends Submission {
  readonly piece: number;
}

/** A piece as it was noted just before the carrier was given it. */
export interface HandOver {
  /** Unix milliseconds. */
  readonly at: number;
}

/** Names of rows of table `sms` about what goes out: see `tables.ts`. */
export const rowOf = ({ messageId, to }: Pick<Submission, "messageId" | "to">): string => `o:${messageId}:${to}`;
export const receiptRow = (carrier: string, id: string): string => `r:${carrier}:${id}`;

/** What is known of a carrier as a whole. */
export const carrierRow = (carrier: string): string => `u:${carrier}`;
/** Of two numbers in either order: receipts have them either way round. */
export const pairRow = (carrier: string, one: string, other: string): string => `u:${carrier}:${[phoneKey(one), phoneKey(other)].sort().join(":")}`;

/** Cells whose names are a letter and the number of a piece, by piece. */
export function byPiece<T>(cells: ReadonlyMap<string, unknown>, kind: string): Map<number, T> {
  return new Map([...cells].filter(([name]) => name.startsWith(kind) && /^.\d+$/.test(name)).map(([name, value]) => [Number(name.slice(1)), value as T]));
}
