"use client";
import { useEffect, useState } from "react";
import type { MessageView } from "@/app/replica/types";
import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Thread } from "@/domain/thread";

/**
 * After which message the line "New" stands: where the person had read to when the conversation was opened, and it stays there while
 * she reads. Only what comes while nobody looks at the page moves it.
 */
export function useMarker(thread: Thread, me: ParticipantId, items: readonly MessageView[], watched: boolean): Id | undefined {
  const [marker, setMarker] = useState<Id | undefined>(() => (thread.unread > 0 ? (thread.readUpTo ?? "") : undefined));
  const [away, setAway] = useState<Id>();
  const newest = newestCommitted(items);
  useEffect(() => {
    if (watched) setAway(undefined);
    else setAway((since) => since ?? newest);
  }, [watched, newest]);
  const came = away !== undefined && items.some((message) => message.id > away && message.from !== me && message.pending === undefined);
  useEffect(() => {
    if (came) setMarker(away);
  }, [came, away]);
  return marker;
}

export function newestCommitted(items: readonly MessageView[]): Id | undefined {
  for (let at = items.length - 1; at >= 0; at--) if (items[at]!.pending === undefined) return items[at]!.id;
  return undefined;
}
