"use client";
import { useCallback, useMemo } from "react";
import { useConnection, useDraft, useMessages, usePeople, useThread } from "@/app/replica/hooks";
import type { Me, MessagesView } from "@/app/replica/types";
import { Button } from "@/app/ui/button";
import { EmptyState, ErrorState } from "@/app/ui/states";
import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { Thread } from "@/domain/thread";
import { Composer } from "../composer/composer";
import { personOf } from "../model/names";
import type { Place } from "../model/whereabouts";
import { go } from "../place";
import { ConversationContext } from "./context";
import { Header } from "./header";
import { MessageList } from "./message-list";
import { Waiting, WaitingMessages } from "./waiting";

interface ConversationProps {
  place: Place & { threadId: Id };
  me: Me;
}

/** The open conversation, or why it cannot be shown. */
export default function Conversation({ place, me }: ConversationProps) {
  const { thread, status, failure, retry } = useThread(place.threadId);
  if (thread !== undefined) return <Open {...{ place, me, thread }} />;
  if (status === "missing") {
    return (
      <EmptyState action={<Button onClick={() => go({ folder: place.folder }, { replace: true })}>To the list</Button>} className="m-auto">
        That conversation does not exist, or it is not yours.
      </EmptyState>
    );
  }
  if (status === "error") {
    return (
      <ErrorState
        className="m-auto"
        what={failure?.sentence ?? "The conversation could not be loaded."}
        works="Nothing is lost, and the list still works."
        action={<Button onClick={retry}>Try again</Button>}
      />
    );
  }
  return <Waiting />;
}

function Open({ place, me, thread }: ConversationProps & { thread: Thread }) {
  const view = useMessages(thread.id);
  const people = usePeople(useMemo(() => everybody(thread, view), [thread, view]));
  const connection = useConnection();
  const draft = useDraft(thread.id);
  const person = useCallback((id: ParticipantId) => (id === me.id ? me : personOf(id, people, thread)), [people, thread, me]);
  const putBack = useCallback((text: string) => draft.set(draft.text === "" ? text : `${draft.text}\n${text}`), [draft]);
  const value = useMemo(() => ({ thread, me, connection, person, putBack }), [thread, me, connection, person, putBack]);
  return (
    <ConversationContext value={value}>
      <Header place={place} people={people} />
      <Messages view={view} {...(place.messageId !== undefined && { anchor: place.messageId })} />
      <Composer messages={view.items} />
    </ConversationContext>
  );
}

function Messages({ view, anchor }: { view: ReturnType<typeof useMessages>; anchor?: Id }) {
  if (view.status === "ready" || view.items.length > 0) return <MessageList view={view} {...(anchor !== undefined && { anchor })} />;
  if (view.status === "loading") return <WaitingMessages />;
  return (
    <ErrorState
      className="m-auto"
      what={view.failure?.sentence ?? "The messages could not be loaded."}
      works="What you write is kept."
      action={<Button onClick={view.retry}>Try again</Button>}
    />
  );
}

/** Who is in it now, and who has written or been named in what is loaded. */
function everybody(thread: Thread, view: MessagesView): readonly ParticipantId[] {
  const ids = new Set<ParticipantId>(thread.people.slice(0, 250));
  for (const { from, event } of view.items) {
    ids.add(from);
    if (event?.type === "added") for (const id of event.people) ids.add(id);
  }
  return [...ids];
}
