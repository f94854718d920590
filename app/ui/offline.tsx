"use client";
import { useSyncExternalStore } from "react";
import { Note } from "./states";
import { clockTime } from "./time";

let since: number | undefined;

function listen(changed: () => void): () => void {
  const update = () => {
    since = navigator.onLine ? undefined : (since ?? Date.now());
    changed();
  };
  window.addEventListener("online", update);
  window.addEventListener("offline", update);
  update();
  return () => {
    window.removeEventListener("online", update);
    window.removeEventListener("offline", update);
  };
}

/** Since when the browser has had no network (Unix milliseconds), or undefined while it has. */
export const useOfflineSince = (): number | undefined =>
  useSyncExternalStore(
    listen,
    () => since,
    () => undefined,
  );

/** One line while there is no network. `meanwhile` says what that means here. */
export function OfflineLine({ meanwhile }: { meanwhile: string }) {
  const at = useOfflineSince();
  return at === undefined ? null : (
    <Note tone="wait">
      Offline since {clockTime(at)}. {meanwhile}
    </Note>
  );
}
