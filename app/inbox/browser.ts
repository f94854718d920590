"use client";
import { useSyncExternalStore } from "react";

/** Whether a CSS media query holds; false on the server. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** Whether the page is being looked at: its tab is in front and its window has the focus. */
export const useWatched = (): boolean => useSyncExternalStore(listenWatched, isWatched, () => true);

const isWatched = (): boolean => document.visibilityState === "visible" && document.hasFocus();

function listenWatched(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  window.addEventListener("focus", changed);
  window.addEventListener("blur", changed);
  return () => {
    document.removeEventListener("visibilitychange", changed);
    window.removeEventListener("focus", changed);
    window.removeEventListener("blur", changed);
  };
}
