import type { LogEntry } from "./action";
import type { ParticipantId } from "./address";
import type { ErrorCode } from "./error";
import type { Id } from "./id";

/** What travels over the open socket beside the log. Presence and typing are told and forgotten; nothing here is stored. */
export type PresenceState = "online" | "away" | "offline";

export interface ServerEvents {
  /** Committed actions in order, without gaps among themselves; a gap to what the browser has makes it ask `sync`. */
  entries: (entries: readonly LogEntry[]) => void;
  presence: (states: Readonly<Record<ParticipantId, PresenceState>>) => void;
  typing: (event: { readonly threadId: Id; readonly personId: ParticipantId }) => void;
  /** The session behind this socket has ended; the server closes it after this. */
  "session-ended": () => void;
}

export interface ClientEvents {
  /** A tRPC call over the socket: the same procedures, the same authority, the same answers as over HTTP. */
  call: (call: ApiCall, answer: (reply: ApiReply) => void) => void;
  /** Presence of this device: online while it is looked at, away while it is not. */
  presence: (state: "online" | "away") => void;
  /** Asks for the presence of the people in these threads from now on (at most 100; replaces the former wish). */
  watch: (threadIds: readonly Id[]) => void;
  typing: (threadId: Id) => void;
}

export interface ApiCall {
  readonly type: "query" | "mutation";
  readonly path: string;
  readonly input?: unknown;
}

export type ApiReply = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly code: ErrorCode; readonly sentence: string };

/** A typing sign fades when it is not repeated within this time, milliseconds. */
export const TYPING_FADES = 6_000;
