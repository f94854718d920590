"use client";
import { useHash } from "../hash";

/** What is open, kept in the fragment of the address, so that reload and the back button work. */
export type Place = { at: "list" } | { at: "mail"; id: string } | { at: "write" };

export const hrefOf = (place: Place): string => (place.at === "mail" ? `#mail/${encodeURIComponent(place.id)}` : place.at === "write" ? "#write" : "#");

export function placeOf(hash: string): Place {
  if (hash === "#write") return { at: "write" };
  const id = hash.startsWith("#mail/") ? hash.slice(6) : "";
  return id === "" ? { at: "list" } : { at: "mail", id: safely(id) };
}

const safely = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export const usePlace = (): Place => placeOf(useHash());
