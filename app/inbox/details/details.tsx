"use client";
import X from "lucide-react/icons/x";
import { useMemo } from "react";
import { useMessages, usePeople, useThread } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { IconButton } from "@/app/ui/button";
import type { ParticipantId } from "@/domain/address";
import type { Id } from "@/domain/id";
import { personOf } from "../model/names";
import { Resizer } from "../panes/resizer";
import { useStage } from "../stage";
import { GroupPart } from "./group-part";
import { MessagePart } from "./message-part";
import { PeoplePart } from "./people-part";

/** Beside the conversation: who is in it and how they are reached, and of one message why it went the way it went. */
export default function Details({ threadId, me }: { threadId: Id; me: Me }) {
  const { details, showDetails } = useStage();
  const { thread } = useThread(threadId);
  const { items } = useMessages(threadId);
  const people = usePeople(useMemo(() => thread?.people ?? [], [thread?.people]));
  const message = items.find(({ key }) => key === details?.messageKey);
  if (thread === undefined) return null;
  const person = (id: ParticipantId) => (id === me.id ? me : personOf(id, people, thread));
  return (
    <aside
      aria-label="Details"
      className="relative flex min-h-0 min-w-0 flex-col border-line border-s bg-paper max-rail:fixed max-rail:inset-y-0 max-rail:end-0 max-rail:z-20 max-rail:w-96 max-md:w-full max-rail:shadow-float"
    >
      <Resizer pane="details" label="Width of the details" edge="start" className="max-rail:hidden" />
      <header className="flex h-14 shrink-0 items-center gap-2 border-line border-b ps-5 pe-3">
        <h2 className="grow font-semibold">{message ? "Message" : "Details"}</h2>
        {message && (
          <button type="button" onClick={() => showDetails({})} className="rounded-sm px-2 text-accent text-small hover:underline max-md:min-h-11">
            All details
          </button>
        )}
        <IconButton icon={X} label="Close details" keys="i" onClick={() => showDetails(undefined)} />
      </header>
      <div className="flex min-h-0 grow flex-col gap-6 overflow-y-auto p-5">
        {message ? (
          <MessagePart {...{ message, thread, me, person }} />
        ) : (
          <>
            {thread.kind === "group" && <GroupPart thread={thread} />}
            <PeoplePart {...{ thread, me, person }} />
          </>
        )}
      </div>
    </aside>
  );
}
