"use client";
import { useSyncExternalStore } from "react";
import { cx } from "./cx";
import { isApple, keyCaps } from "./keys";

const never = () => () => {};

/** Whether to name keys as Apple does; false until the page is alive, so that server and browser agree. */
const useApple = (): boolean => useSyncExternalStore(never, isApple, () => false);

/** A key or a run of keys, as tinykeys writes them (`$mod+k`, `g i`). */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const caps = keyCaps(keys, useApple()).flat();
  return (
    <kbd className={cx("inline-flex shrink-0 items-center gap-0.5 font-sans text-small", className)}>
      {caps.map((cap, place) => (
        <span key={`${place}-${cap}`} className="min-w-5 rounded-sm border border-current/25 px-1 text-center leading-[1.125rem]">
          {cap}
        </span>
      ))}
    </kbd>
  );
}
