"use client";
import { useMemo } from "react";
import { useActions } from "@/app/replica/hooks";
import type { Actions, Outcome } from "@/app/replica/types";
import { toast } from "@/app/ui/toast";
import type { Id } from "@/domain/id";
import type { Folder, Thread } from "@/domain/thread";
import { FOLDER_WORDS } from "./model/whereabouts";

/** What a person does to conversations and messages, each said in a toast and undone from it for ten seconds. */
export interface Acts {
  archive(thread: Thread): void;
  move(thread: Thread, folder: Folder): void;
  mute(thread: Thread): void;
  markUnread(thread: Thread): void;
  deleteMessage(threadId: Id, messageId: Id): void;
}

export function useActs(): Acts {
  const actions = useActions();
  return useMemo(() => actsOf(actions), [actions]);
}

function actsOf(actions: Actions): Acts {
  const move = (thread: Thread, folder: Folder) => {
    const from = thread.folder;
    if (from === folder) return;
    told(actions.move(thread.id, folder));
    toast(folder === "archive" ? "Archived" : `Moved to ${FOLDER_WORDS[folder].title}`, { id: thread.id, undo: () => told(actions.move(thread.id, from)) });
  };
  return {
    move,
    archive: (thread) => move(thread, thread.folder === "archive" ? "messages" : "archive"),
    mute: (thread) => {
      const muted = thread.muted === undefined;
      told(actions.mute(thread.id, muted));
      toast(muted ? "Muted. It no longer counts as unread." : "No longer muted", { id: thread.id, undo: () => told(actions.mute(thread.id, !muted)) });
    },
    markUnread: (thread) => told(actions.markUnread(thread.id)),
    deleteMessage: (threadId, messageId) => {
      told(actions.deleteMessage(threadId, messageId));
      toast("Deleted for you", { id: messageId, undo: () => told(actions.restoreMessage(threadId, messageId)) });
    },
  };
}

/** A refusal is said where the person is; what had been shown is taken back by the replica. */
export function told(outcome: Outcome): void {
  void outcome.then((failure) => failure && toast(failure.sentence, { tone: "danger" }));
}
