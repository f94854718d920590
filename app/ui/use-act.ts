"use client";
import { useCallback, useState } from "react";
import { sentenceOf } from "./refusal";

/** Runs what a form or a button does, once at a time, and keeps the sentence of its failure until the next try. */
export function useAct<A extends readonly unknown[]>(work: (...args: A) => Promise<void>) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const act = async (...args: A): Promise<boolean> => {
    if (pending) return false;
    setPending(true);
    setFailure(undefined);
    try {
      await work(...args);
      return true;
    } catch (error) {
      setFailure(sentenceOf(error));
      return false;
    } finally {
      setPending(false);
    }
  };
  const forget = useCallback(() => setFailure(undefined), []);
  return { act, pending, failure, forget };
}
