"use client";

import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Person } from "@/domain/person";
import type { PresenceState } from "@/domain/realtime";
import type { MailboxHead } from "@/domain/reduce";
import type { Folder } from "@/domain/thread";
import { useProvided } from "./provider";
import type { Replica } from "./store";
import type { Topic } from "./topics";
import type { Actions, Connection, DraftView, FolderView, Me, MessagesView, ThreadView } from "./types";

export { useOriginal, usePersonSearch } from "./side-hooks";

/** Whether the mailbox is live, and since when it is or is not. */
export const useConnection = (): Connection => useView("connection", (replica) => replica.line.state);

/** The person signed in; undefined until known. */
export const useMe = (): Me | undefined => useView("me", (replica) => replica.me());

/** The unread counts with own acts done: the badge of the inbox is `unread.messages`. */
export const useHead = (): MailboxHead => useView("head", (replica) => replica.ledger.head());

/** A folder's threads, newest first, as far as loaded. */
export function useFolder(folder: Folder): FolderView & { loadMore(): void; retry(): void } {
  const { replica } = useProvided();
  useEffect(() => replica.ledger.watchFolder(folder), [replica, folder]);
  const view = useView(`folder:${folder}`, () => replica.ledger.folder(folder));
  const loadMore = useCallback(() => replica.ledger.moreThreads(folder), [replica, folder]);
  const retry = useCallback(() => replica.ledger.again(`folder:${folder}`), [replica, folder]);
  return useMemo(() => ({ ...view, loadMore, retry }), [view, loadMore, retry]);
}

export function useThread(threadId: Id): ThreadView & { retry(): void } {
  const { replica } = useProvided();
  useEffect(() => replica.ledger.watchThread(threadId), [replica, threadId]);
  const view = useView(`thread:${threadId}`, () => replica.ledger.thread(threadId));
  const retry = useCallback(() => replica.ledger.again(`thread:${threadId}`), [replica, threadId]);
  return useMemo(() => ({ ...view, retry }), [view, retry]);
}

/** The messages of a conversation, contiguous from the newest back to the oldest loaded. */
export function useMessages(threadId: Id): MessagesView & { loadOlder(): void; retry(): void } {
  const { replica } = useProvided();
  useEffect(() => replica.ledger.watchMessages(threadId), [replica, threadId]);
  const view = useView(`messages:${threadId}`, () => replica.ledger.messages(threadId));
  const loadOlder = useCallback(() => replica.ledger.olderMessages(threadId), [replica, threadId]);
  const retry = useCallback(() => replica.ledger.again(`messages:${threadId}`), [replica, threadId]);
  return useMemo(() => ({ ...view, loadOlder, retry }), [view, loadOlder, retry]);
}

/** Everybody who is known already; the others follow. People outside are known at once. */
export function usePeople(ids: readonly ParticipantId[]): ReadonlyMap<ParticipantId, Person> {
  const { replica } = useProvided();
  const stable = useSameList(ids);
  useEffect(() => replica.people.want(stable), [replica, stable]);
  const select = useMemo(() => selectPeople(replica, stable), [replica, stable]);
  return useView("people", select);
}

/** Presence of the people in these threads (the first 100 over all callers); who is not in the map is not known. */
export function usePresence(threadIds: readonly Id[]): ReadonlyMap<ParticipantId, PresenceState> {
  const { replica } = useProvided();
  const stable = useSameList(threadIds);
  useEffect(() => replica.company.watch(stable), [replica, stable]);
  return useView("presence", () => replica.company.presence);
}

/** Who is typing in the conversation now, the person herself never among them. */
export const useTyping = (threadId: Id): readonly ParticipantId[] => useView(`typing:${threadId}`, (replica) => replica.typing(threadId));

/** The same object for as long as the inbox is open. */
export const useActions = (): Actions => useProvided().actions;

/** The composer's text: local at once, on the person's other devices after a pause. */
export function useDraft(threadId: Id): DraftView {
  const { replica } = useProvided();
  const text = useView(`draft:${threadId}`, () => replica.draft(threadId));
  const acts = useMemo(
    () => ({
      set: (next: string) => replica.own?.drafts.set(threadId, next),
      clear: () => replica.own?.drafts.set(threadId, ""),
      flush: () => replica.own?.drafts.flush(threadId),
    }),
    [replica, threadId],
  );
  return useMemo(() => ({ text, ...acts }), [text, acts]);
}

/** Draws again only when this topic's view is another object. */
function useView<T>(topic: Topic, view: (replica: Replica) => T): T {
  const { replica } = useProvided();
  const subscribe = useCallback((listener: () => void) => replica.topics.subscribe(topic, listener), [replica, topic]);
  const get = () => view(replica);
  return useSyncExternalStore(subscribe, get, get);
}

/** The same array while it holds the same ids. */
function useSameList(ids: readonly string[]): readonly string[] {
  const text = ids.join("\n");
  return useMemo(() => (text === "" ? [] : text.split("\n")), [text]);
}

function selectPeople(replica: Replica, ids: readonly ParticipantId[]): () => ReadonlyMap<ParticipantId, Person> {
  let last: ReadonlyMap<ParticipantId, Person> = new Map();
  return () => {
    const next = new Map<ParticipantId, Person>();
    for (const id of ids) {
      const person = replica.people.get(id);
      if (person) next.set(id, person);
    }
    const same = next.size === last.size && [...next].every(([id, person]) => last.get(id) === person);
    if (!same) last = next;
    return last;
  };
}
