"use client";
import { useMemo } from "react";
import { useFolder, usePeople, usePresence } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { Avatar } from "@/app/ui/avatar";
import { tip } from "@/app/ui/tip";
import type { Thread } from "@/domain/thread";
import { othersOf, personOf } from "../model/names";
import { OneLine } from "../one-line";
import { go } from "../place";

/** At most this many people are shown, from this many of the newest conversations. */
const MOST = 12;
const AMONG = 40;

/** Who of the people last talked with is here now; one press opens the conversation. */
export function Online({ me }: { me: Me }) {
  const { threads } = useFolder("messages");
  const direct = useMemo(() => threads.filter((thread) => isDirect(thread, me.id)).slice(0, AMONG), [threads, me.id]);
  const ids = useMemo(() => direct.map((thread) => thread.id), [direct]);
  const people = usePeople(useMemo(() => direct.flatMap((thread) => othersOf(thread, me.id)), [direct, me.id]));
  const presence = usePresence(ids);
  const online = direct.filter((thread) => presence.get(othersOf(thread, me.id)[0]!) === "online").slice(0, MOST);
  if (online.length === 0) return null;
  return (
    <section aria-labelledby="online" className="flex min-h-0 flex-col gap-1">
      <h2 id="online" className="px-2 text-faint text-small max-rail:sr-only">
        Online
      </h2>
      <ul className="flex min-h-0 flex-col gap-0.5 overflow-y-auto">
        {online.map((thread) => {
          const person = personOf(othersOf(thread, me.id)[0]!, people, thread);
          return (
            <li key={thread.id}>
              <button
                type="button"
                {...tip(person.name)}
                onClick={() => go({ folder: thread.folder, threadId: thread.id })}
                className="flex h-8 w-full items-center gap-3 rounded-md px-2 text-start text-muted hover:bg-hover hover:text-ink max-rail:size-10 max-rail:justify-center max-rail:px-0"
              >
                <Avatar name={person.name} hue={person.hue} size={20} presence="online" />
                <OneLine className="grow max-rail:sr-only">{person.name}</OneLine>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const isDirect = (thread: Thread, me: string): boolean => thread.kind === "direct" && othersOf(thread, me).length === 1;
