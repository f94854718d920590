"use client";
import { useTyping } from "@/app/replica/hooks";
import { useConversation } from "../conversation/context";
import { firstName, typingWords } from "../model/names";

/** Who is writing now. Its room is always there, so nothing moves when it comes and goes. */
export function TypingLine() {
  const { thread, person } = useConversation();
  const names = useTyping(thread.id).map((id) => firstName(person(id).name));
  return (
    <p aria-live="off" className="h-5 truncate px-1 text-faint text-small">
      {typingWords(names)}
    </p>
  );
}
