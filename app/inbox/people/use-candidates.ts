"use client";
import { useMemo } from "react";
import { useFolder, useMe, usePeople, usePersonSearch, usePresence } from "@/app/replica/hooks";
import type { SearchView } from "@/app/replica/types";
import { type ParticipantId, phoneOf } from "@/domain/address";
import { outsidePerson, type Person } from "@/domain/person";
import type { PresenceState } from "@/domain/realtime";
import { othersOf, personOf } from "../model/names";
import { typedOutsider } from "./typed";

const RECENT = 8;
/** Conversations looked through for recent people. */
const AMONG = 60;

export interface Candidates {
  readonly people: readonly Person[];
  readonly presence: ReadonlyMap<ParticipantId, PresenceState>;
  /** Nothing is asked: these are the people last talked with. */
  readonly recent: boolean;
  readonly searching: boolean;
}

/** Whom a person may mean: for nothing typed those last talked with, else the directory's answer, else the address itself. */
export function useCandidates(query: string, without: readonly ParticipantId[]): Candidates {
  const text = query.trim();
  const search = usePersonSearch(text);
  const { recent, presence } = useRecent();
  const me = useMe();
  const people = useMemo(() => {
    const found = text === "" ? recent : withAddress(search, text);
    return found.filter(({ id }) => !without.includes(id) && id !== me?.id);
  }, [text, recent, search, without, me?.id]);
  return { people: text === "" ? people.slice(0, RECENT) : people, presence, recent: text === "", searching: text !== "" && search.status === "loading" };
}

function useRecent() {
  const { threads } = useFolder("messages");
  const me = useMe();
  const newest = useMemo(() => threads.slice(0, AMONG), [threads]);
  const ids = useMemo(() => [...new Set(newest.flatMap((thread) => othersOf(thread, me?.id ?? "")))].slice(0, 3 * RECENT), [newest, me?.id]);
  const known = usePeople(ids);
  const presence = usePresence(useMemo(() => newest.slice(0, 40).map(({ id }) => id), [newest]));
  const recent = useMemo(
    () =>
      ids.map((id) =>
        personOf(
          id,
          known,
          newest.find((thread) => thread.people.includes(id)),
        ),
      ),
    [ids, known, newest],
  );
  return { recent, presence };
}

/**
 * A whole e-mail address or phone number that the directory does not know is somebody outside. The server knows which numbers there can be, and
 * how they are dialled from here; until it answers, what has the form of one will do.
 */
function withAddress({ people, status }: SearchView, text: string): readonly Person[] {
  const id = people.length > 0 ? undefined : typedOutsider(text);
  return id === undefined || (status === "ready" && phoneOf(id) !== undefined) ? people : [outsidePerson(id)];
}
