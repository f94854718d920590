"use client";
import { useMemo } from "react";
import type { Thread } from "@/domain/thread";
import { type Acts, useActs } from "./acts";
import { cursor } from "./list/cursor";
import type { Place } from "./model/whereabouts";
import { go } from "./place";
import { useStage } from "./stage";

export interface ThreadActs extends Omit<Acts, "deleteMessage"> {
  addPeople(thread: Thread): void;
}

/** The acts on a conversation, with what they mean for where the person is: what is put away or left for later closes. */
export function useThreadActs(place: Place | undefined): ThreadActs {
  const acts = useActs();
  const { show } = useStage();
  return useMemo(() => {
    const closing = (act: (thread: Thread) => void) => (thread: Thread) => {
      act(thread);
      if (place?.threadId !== thread.id) return;
      go({ folder: place.folder });
      cursor.focusSoon();
    };
    return {
      archive: closing(acts.archive),
      markUnread: closing(acts.markUnread),
      move: (thread, folder) => closing((moved) => acts.move(moved, folder))(thread),
      mute: acts.mute,
      addPeople: (thread) => show({ kind: "add-people", threadId: thread.id }),
    };
  }, [acts, place, show]);
}
