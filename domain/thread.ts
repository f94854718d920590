import type { Channel, ParticipantId } from "./address";
import type { Id } from "./id";
import type { Preview } from "./message";

export const FOLDERS = ["messages", "other", "archive", "spam"] as const;
export type Folder = (typeof FOLDERS)[number];

/** A conversation as it stands in ONE person's mailbox. */
export interface Thread {
  readonly id: Id;
  /** `direct`: this set of people for ever. `group`: an id and a roster that changes. */
  readonly kind: "direct" | "group";
  /** Everyone in it now, the owner of the mailbox included. */
  readonly people: readonly ParticipantId[];
  /** Names of people outside as they call themselves; people with accounts are looked up. */
  readonly names: Readonly<Record<ParticipantId, string>>;
  readonly name?: string;
  /** Version of the group's roster that `people` shows. */
  readonly roster: number;
  readonly folder: Folder;
  /** The owner's own act, which sorting of later messages respects. */
  readonly moved?: { readonly at: number };
  readonly muted?: { readonly at: number };
  readonly left?: { readonly at: number };
  /** Id that orders the folder: the newest message, or where the thread was opened. Only grows. */
  readonly activity: Id;
  readonly last?: Preview;
  /** Channels of the last few messages, oldest first, for the knots on the strand. */
  readonly knots: readonly Channel[];
  readonly unread: number;
  readonly markedUnread?: { readonly at: number };
  /** Everything up to here has been read by the owner. Only grows. */
  readonly readUpTo?: Id;
  /** How far the others have read. */
  readonly receipts: Readonly<Record<ParticipantId, Id>>;
  readonly draft?: Draft;
  /** Messages between these two may be in the archive; those outside are in the head of the mailbox, if they are at all. Only grows. */
  readonly archived?: { readonly from: Id; readonly upTo: Id };
}

export interface Draft {
  readonly text: string;
  readonly at: number;
}

export const isUnread = (thread: Thread): boolean => thread.unread > 0 || thread.markedUnread !== undefined;

/** Whether the thread counts towards its folder's badge; the inbox shows exactly these in bold. */
export const counts = (thread: Thread): boolean => isUnread(thread) && thread.muted === undefined;
