"use client";
import { useEffect, useRef, useState } from "react";
import type { MessagesView, MessageView } from "@/app/replica/types";
import type { Id } from "@/domain/id";

/** How long a message named by the address stands out, in milliseconds. */
const STANDS_OUT = 2_500;

/**
 * Brings the message that the address names onto the screen, loading history until it is there. Answers with the key of the row
 * that is to stand out now.
 */
export function useAnchor(
  anchor: Id | undefined,
  items: readonly MessageView[],
  view: MessagesView & { loadOlder(): void },
  scrollTo: (key: string) => void,
): string | undefined {
  const [marked, setMarked] = useState<string>();
  const done = useRef<Id>(undefined);
  const { hasOlder, loadingOlder, loadOlder } = view;
  useEffect(() => {
    if (anchor === undefined || done.current === anchor) return;
    const found = items.find((message) => message.id === anchor);
    if (found !== undefined) {
      done.current = anchor;
      scrollTo(found.key);
      setMarked(found.key);
    } else if (hasOlder && !loadingOlder && (items[0]?.id ?? "") > anchor) loadOlder();
  }, [anchor, items, hasOlder, loadingOlder, loadOlder, scrollTo]);
  useEffect(() => {
    if (marked === undefined) return;
    const timer = setTimeout(() => setMarked(undefined), STANDS_OUT);
    return () => clearTimeout(timer);
  }, [marked]);
  return marked;
}
