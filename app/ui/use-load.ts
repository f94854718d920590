"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { Refusal, sentenceOf } from "./refusal";

export interface Loaded<T> {
  /** The newest known; it stays while it is fetched again and when that fails. */
  readonly value?: T;
  /** Why the last try failed. */
  readonly failure?: { readonly code?: string; readonly sentence: string };
  readonly reload: () => void;
  /** Puts a value in place before the server has said it. */
  readonly put: (value: T) => void;
}

/** Loads when the part appears, again on `reload()`, and every `every` milliseconds while the page is looked at. `load` must be stable. */
export function useLoad<T>(load: () => Promise<T>, every?: number): Loaded<T> {
  const [state, setState] = useState<Pick<Loaded<T>, "value" | "failure">>({});
  const turn = useRef(0);
  const reload = useCallback(() => {
    const mine = ++turn.current;
    const set = (next: (old: Pick<Loaded<T>, "value" | "failure">) => Pick<Loaded<T>, "value" | "failure">) => mine === turn.current && setState(next);
    load().then(
      (value) => set(() => ({ value })),
      (error: unknown) => set((old) => ({ ...old, failure: { sentence: sentenceOf(error), ...(error instanceof Refusal && { code: error.code }) } })),
    );
  }, [load]);
  useEffect(() => {
    reload();
    const timer = every === undefined ? undefined : setInterval(() => document.visibilityState === "visible" && reload(), every);
    return () => {
      turn.current++;
      clearInterval(timer);
    };
  }, [reload, every]);
  const put = useCallback((value: T) => {
    turn.current++;
    setState({ value });
  }, []);
  return { ...state, reload, put };
}
