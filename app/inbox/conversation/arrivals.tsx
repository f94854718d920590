"use client";
import { useEffect, useRef, useState } from "react";
import type { MessageView } from "@/app/replica/types";
import { firstName } from "../model/names";
import { useConversation } from "./context";

/** Announcements are this far apart at least, in milliseconds: a burst becomes one sentence. */
const APART = 1_500;
const LENGTH = 300;

/** Reads out what arrives in the open conversation, politely, for those who do not see it. */
export function Arrivals({ items }: { items: readonly MessageView[] }) {
  const { me, person } = useConversation();
  const [words, setWords] = useState("");
  const told = useRef(items.at(-1)?.id ?? "");
  const fresh = items.filter((message) => message.id > told.current && message.from !== me.id && message.pending === undefined);
  const last = fresh.at(-1);
  useEffect(() => {
    if (last === undefined) return;
    const timer = setTimeout(() => {
      told.current = last.id;
      const from = firstName(person(last.from).name);
      setWords(
        fresh.length === 1 ? `${from}: ${last.text.slice(0, LENGTH) || "a message without text"}` : `${fresh.length} new messages, the last from ${from}`,
      );
    }, APART);
    return () => clearTimeout(timer);
  });
  return (
    <div aria-live="polite" className="sr-only">
      {words}
    </div>
  );
}
