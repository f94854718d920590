"use client";
import { useSyncExternalStore } from "react";

function listen(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** The fragment of the page's address, with its #; what is open is kept there, so that reload and the back button work. */
export const useHash = (): string =>
  useSyncExternalStore(
    listen,
    () => location.hash,
    () => "",
  );
