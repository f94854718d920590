"use client";
import { useSyncExternalStore } from "react";
import type { Id } from "@/domain/id";

/** The row of the list that the keyboard is on. It need not be the open one, and it outlives the focus. */
let at: Id | undefined;
let move: (by: number) => void = () => {};
const listeners = new Set<() => void>();

export const cursor = {
  get: (): Id | undefined => at,
  set(id: Id | undefined): void {
    if (id === at) return;
    at = id;
    for (const listener of listeners) listener();
  },
  /** Moves the focus along the list; the list that is shown does it. */
  move: (by: number): void => move(by),
  /** Puts the focus on the list when what had it is about to go away. */
  focusSoon: (): void => void requestAnimationFrame(() => move(0)),
  movedBy(mover: (by: number) => void): () => void {
    move = mover;
    return () => {
      if (move === mover) move = () => {};
    };
  },
};

export const useCursor = (): Id | undefined => useSyncExternalStore(listen, cursor.get, () => undefined);

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
