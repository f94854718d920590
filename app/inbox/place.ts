"use client";
import { usePathname } from "next/navigation";
import { useSyncExternalStore } from "react";
import { type Place, parsePlace, placePath } from "./model/whereabouts";

/**
 * Where the person is, kept in the address of the page. Moving inside the inbox changes the address without asking the server for
 * anything (Next follows `history.pushState`), so opening a conversation costs one drawing.
 */
const listeners = new Set<() => void>();

/** Undefined when the address names nothing of the inbox. */
export function usePlace(): Place | undefined {
  const pathname = usePathname();
  const address = useSyncExternalStore(listen, read, () => pathname);
  return parse(address);
}

/** Goes to a place. `replace` leaves no step behind to come back to. */
export function go(place: Place, { replace = false }: { replace?: boolean } = {}): void {
  const path = placePath(place);
  if (path === read()) return;
  const depth = depthOf(history.state) + (replace ? 0 : 1);
  if (replace) history.replaceState({ depth }, "", path);
  else history.pushState({ depth }, "", path);
  tell();
}

/** One step back when the step was made here, else the folder: a conversation opened from a link has a list behind it too. */
export function leaveThread(place: Place): void {
  if (depthOf(history.state) > 0) history.back();
  else go({ folder: place.folder }, { replace: true });
}

let parsed: { readonly address: string; readonly place: Place | undefined } | undefined;

function parse(address: string): Place | undefined {
  if (parsed?.address === address) return parsed.place;
  const url = new URL(address, "http://braid.invalid");
  const place = parsePlace(url.pathname, url.search, url.hash);
  parsed = { address, place };
  return place;
}

const read = (): string => location.pathname + location.search + location.hash;

const depthOf = (state: unknown): number =>
  typeof state === "object" && state !== null && "depth" in state && typeof state.depth === "number" ? state.depth : 0;

function tell(): void {
  for (const listener of listeners) listener();
}

function listen(changed: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("popstate", tell);
  if (listeners.size === 0) window.addEventListener("hashchange", tell);
  listeners.add(changed);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    window.removeEventListener("popstate", tell);
    window.removeEventListener("hashchange", tell);
  };
}
