"use client";
import { useEffect } from "react";
import { useActions } from "@/app/replica/hooks";
import type { MessageView } from "@/app/replica/types";
import { isUnread, type Thread } from "@/domain/thread";
import { newestCommitted } from "./use-marker";

/** Says that the conversation is read when its newest message is on the screen and somebody looks at the screen. */
export function useReading(thread: Thread, items: readonly MessageView[], seen: boolean): void {
  const actions = useActions();
  const newest = newestCommitted(items);
  const due = seen && newest !== undefined && (isUnread(thread) || newest > (thread.readUpTo ?? ""));
  useEffect(() => {
    if (due && newest !== undefined) void actions.read(thread.id, newest);
  }, [actions, due, newest, thread.id]);
}
