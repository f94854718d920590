"use client";
import { useSyncExternalStore } from "react";

const STEP = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Unix milliseconds, rounded down to half a minute: one timer for the whole page, and one wake-up for all relative times. */
export const useNow = (): number => useSyncExternalStore(listen, read, read);

const read = (): number => Math.floor(Date.now() / STEP) * STEP + STEP - 1;

function listen(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= setInterval(() => {
    for (const listener of listeners) listener();
  }, STEP);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
