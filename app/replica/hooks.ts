"use client";

import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Person } from "@/domain/person";
import type { PresenceState } from "@/domain/realtime";
import { EMPTY_HEAD, type MailboxHead } from "@/domain/reduce";
import type { Folder } from "@/domain/thread";
import type { Actions, Connection, DraftView, FolderView, Me, MessagesView, OriginalView, SearchView, ThreadView } from "./types";

const nothing = () => {};
const NOBODY: readonly ParticipantId[] = [];

/** Whether the mailbox is live, and since when it is or is not. */
export function useConnection(): Connection {
  return { state: "connecting", since: 0 };
}

/** The person signed in; undefined until known. */
export function useMe(): Me | undefined {
  return undefined;
}

export function useHead(): MailboxHead {
  return EMPTY_HEAD;
}

/** A folder's threads, newest first, as far as loaded. */
export function useFolder(_folder: Folder): FolderView & { loadMore(): void; retry(): void } {
  return { threads: [], status: "loading", hasMore: false, loadMore: nothing, retry: nothing };
}

export function useThread(_threadId: Id): ThreadView & { retry(): void } {
  return { status: "loading", retry: nothing };
}

/** The messages of a conversation, contiguous from the newest back to the oldest loaded. */
export function useMessages(_threadId: Id): MessagesView & { loadOlder(): void; retry(): void } {
  return { items: [], status: "loading", hasOlder: false, loadingOlder: false, loadOlder: nothing, retry: nothing };
}

/** Everybody who is known already; the others follow. People outside are known at once. */
export function usePeople(_ids: readonly ParticipantId[]): ReadonlyMap<ParticipantId, Person> {
  return new Map();
}

export function usePersonSearch(_query: string): SearchView {
  return { people: [], status: "idle" };
}

/** Presence of the people in these threads (the first 100 over all callers); who is not in the map is not known. */
export function usePresence(_threadIds: readonly Id[]): ReadonlyMap<ParticipantId, PresenceState> {
  return new Map();
}

/** Who is typing in the conversation now, the person herself never among them. */
export function useTyping(_threadId: Id): readonly ParticipantId[] {
  return NOBODY;
}

/** The same object for as long as the inbox is open. */
export function useActions(): Actions {
  throw new Error("The replica is not there yet");
}

/** The composer's text: local at once, on the person's other devices after a pause. */
export function useDraft(_threadId: Id): DraftView {
  return { text: "", set: nothing, clear: nothing, flush: nothing };
}

/** The mail as it came. Loads while a component uses it. */
export function useOriginal(_threadId: Id, _messageId: Id): OriginalView {
  return { status: "loading", images: false, showImages: nothing, retry: nothing };
}
