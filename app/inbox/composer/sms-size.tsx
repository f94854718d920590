"use client";
import { useDeferredValue, useMemo } from "react";
import type { MessageView } from "@/app/replica/types";
import { useConversation } from "../conversation/context";
import { frontOf, smsSizeWords } from "../model/sms";

/** How many segments the text takes, when it is more than a plain one. It follows the typing at its own pace. */
export default function SmsSize({ text, messages }: { text: string; messages: readonly MessageView[] }) {
  const { thread, me } = useConversation();
  const front = useMemo(() => frontOf(thread, messages, me.name), [thread, messages, me.name]);
  const written = useDeferredValue(text).trim();
  const size = useMemo(() => smsSizeWords(written, front), [written, front]);
  if (size === undefined) return null;
  if (!size.over) return `, ${size.words}`;
  return (
    <>
      {", "}
      <span role="status" className="text-danger">
        {size.words}
      </span>
    </>
  );
}
