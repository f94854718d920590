"use client";
import { useEffect, useState } from "react";
import { isHandleFree } from "@/app/auth/client";
import { handleProblem } from "@/app/auth/handle";

export interface HandleState {
  readonly value: string;
  /** What is wrong with it, as a sentence. */
  readonly problem?: string;
  /** Known to be free; undefined while nobody has said. */
  readonly free?: boolean;
}

const PAUSE = 250;

/** Checks a handle while it is typed: its form at once, whether it is taken after a pause. `mine` is always free. */
export function useHandle(value: string, mine?: string): HandleState {
  const [answer, setAnswer] = useState<{ value: string; free: boolean }>();
  const wrong = handleProblem(value);
  const ask = wrong === undefined && value !== mine;
  useEffect(() => {
    if (!ask) return;
    let current = true;
    const timer = setTimeout(() => {
      // No answer is no reason to stop anyone: the server decides again when the form is sent.
      isHandleFree(value).then(
        (free) => current && setAnswer({ value, free }),
        () => {},
      );
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [value, ask]);
  const free = answer?.value === value && ask ? answer.free : undefined;
  return { value, problem: wrong ?? (free === false ? "That handle is taken." : undefined), free };
}
