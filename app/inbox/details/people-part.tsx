"use client";
import { useMemo } from "react";
import { usePresence } from "@/app/replica/hooks";
import type { Me } from "@/app/replica/types";
import { Avatar } from "@/app/ui/avatar";
import { CHANNEL } from "@/app/ui/channel";
import { nativeChannel, type ParticipantId } from "@/domain/address";
import type { Person } from "@/domain/person";
import type { Thread } from "@/domain/thread";
import { addressWords } from "../model/names";
import { capital, plural } from "../model/words";
import { OneLine } from "../one-line";

/** Of very many people the first are listed; the count says how many there are. */
const MOST = 100;
const STATE = { online: "Online", away: "Away", offline: "Offline" } as const;

export function PeoplePart({ thread, me, person }: { thread: Thread; me: Me; person: (id: ParticipantId) => Person }) {
  const presence = usePresence(useMemo(() => [thread.id], [thread.id]));
  const shown = thread.people.slice(0, MOST);
  return (
    <section aria-labelledby="people" className="flex flex-col gap-2">
      <h3 id="people" className="text-faint text-small">
        {plural(thread.people.length, "person", "people")}
      </h3>
      <ul className="flex flex-col gap-3">
        {shown.map((id) => {
          const someone = person(id);
          const { name, hue, handle, outside } = someone;
          const state = id === me.id ? "online" : presence.get(id);
          return (
            <li key={id} className="flex items-center gap-3">
              <Avatar name={name} hue={hue} {...(state && { presence: state })} />
              <span className="flex min-w-0 grow flex-col">
                <span className="flex min-w-0 items-baseline gap-2">
                  <OneLine className="font-medium">{name}</OneLine>
                  {id === me.id && <span className="text-faint text-small">you</span>}
                </span>
                <OneLine className="text-faint text-small">{outside ? `${addressWords(someone)}, outside` : handle ? `@${handle}` : ""}</OneLine>
              </span>
              <span className="text-faint text-small">{outside ? capital(CHANNEL[nativeChannel(id)].by) : state && id !== me.id ? STATE[state] : ""}</span>
            </li>
          );
        })}
      </ul>
      {thread.people.length > MOST && <p className="text-faint text-small">and {plural(thread.people.length - MOST, "more person", "more people")}</p>}
    </section>
  );
}
