"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { sentenceOf } from "../ui/refusal";

interface Loaded<T> {
  /** The newest known; it stays while it is fetched again and when that fails. */
  readonly value?: T;
  /** Why the last try failed. */
  readonly failure?: { readonly sentence: string };
}

/** Loads when the part appears and again on `reload()`. `load` must be stable. For the inbox, which does not carry TanStack Query. */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> & { reload(): void } {
  const [state, setState] = useState<Loaded<T>>({});
  const turn = useRef(0);
  const reload = useCallback(() => {
    const mine = ++turn.current;
    load().then(
      (value) => mine === turn.current && setState({ value }),
      (error: unknown) => mine === turn.current && setState((old) => ({ ...old, failure: { sentence: sentenceOf(error) } })),
    );
  }, [load]);
  useEffect(() => {
    reload();
    return () => {
      turn.current++;
    };
  }, [reload]);
  return { ...state, reload };
}
