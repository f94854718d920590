"use client";

import { useCallback, useEffect, useState } from "react";
import type { Id } from "@/domain/id";
import { api } from "../api/client";
import { ask } from "../ask";
import { useProvided } from "./provider";
import type { OriginalView, SearchView } from "./types";
import { useLoad } from "./use-load";

/** Milliseconds without a key after which a search is worth asking. */
const PAUSE = 120;

/** The country of a language as browsers name it, "GB" of "en-GB": where a number without a country code is dialled when nothing else tells. */
const regionOf = (language: string): string | undefined => /-([A-Z]{2})\b/.exec(language)?.[1];

/** People to write to, by name, handle, whole e-mail address or phone number. */
export function usePersonSearch(query: string): SearchView {
  const { replica } = useProvided();
  const [view, setView] = useState<SearchView>({ people: [], status: "idle" });
  const asked = query.trim();
  useEffect(() => {
    if (asked === "") return setView({ people: [], status: "idle" });
    let wanted = true;
    setView(({ people }) => ({ people, status: "loading" }));
    const search = async () => {
      const people = await api.person.search.query({ query: asked, region: regionOf(navigator.language) }).catch(() => undefined);
      if (people) replica.people.know(people);
      if (wanted) setView((last) => (people ? { people, status: "ready" } : { ...last, status: "error" }));
    };
    const timer = setTimeout(search, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [asked, replica]);
  return view;
}

/** The mail as it came. Loads while a component uses it, and again with its remote images when they are asked for. */
export function useOriginal(threadId: Id, messageId: Id): OriginalView {
  const [images, setImages] = useState(false);
  const load = useCallback(() => ask(api.message.original.query({ threadId, messageId, images })), [threadId, messageId, images]);
  const { value, failure, reload } = useLoad(load);
  const showImages = useCallback(() => setImages(true), []);
  const status = value ? "ready" : failure ? "error" : "loading";
  return { status, images, showImages, retry: reload, ...(value && { original: value }), ...(failure && { failure }) };
}
