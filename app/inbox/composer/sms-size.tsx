"use client";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { api } from "@/app/api/client";
import type { MessageView } from "@/app/replica/types";
import { phoneOf } from "@/domain/address";
import type { Id } from "@/domain/id";
import type { PhoneTerms } from "@/domain/sms/terms";
import { useConversation } from "../conversation/context";
import { frontOf, smsSizeWords, unknownTerms } from "../model/sms";
import { plural } from "../model/words";

interface SmsSizeProps {
  text: string;
  messages: readonly MessageView[];
  onReplace: (text: string) => void;
}

/** How many segments the text takes and what it costs. It follows the typing at its own pace. */
export default function SmsSize({ text, messages, onReplace }: SmsSizeProps) {
  const { thread, me } = useConversation();
  const front = useMemo(() => frontOf(thread, messages, me.name), [thread, messages, me.name]);
  const told = useTerms(thread.id, front, thread.people);
  const phones = useMemo(
    () =>
      told ??
      unknownTerms(
        thread.people.flatMap((person) => phoneOf(person) ?? []),
        front,
      ),
    [told, thread.people, front],
  );
  const written = useDeferredValue(text).trim();
  const size = useMemo(() => smsSizeWords(written, phones, navigator.language), [written, phones]);
  if (size === undefined) return null;
  return (
    <>
      {", "}
      {size.over ? (
        <span role="status" className="text-danger">
          {size.words}
        </span>
      ) : (
        size.words
      )}
      {size.plain && <UsePlain segments={size.plain.segments} onUse={() => size.plain && onReplace(size.plain.text)} />}
    </>
  );
}

const UsePlain = ({ segments, onUse }: { segments: number; onUse: () => void }) => (
  <>
    {". "}
    <button type="button" onClick={onUse} className="text-accent underline-offset-2 hover:underline max-md:min-h-11">
      Use plain quotes and dashes: {plural(segments, "segment")}
    </button>
  </>
);

/** What the server would decide by; asked again when who is there changes, and when the phone has come to know who writes. */
function useTerms(threadId: Id, front: string, people: readonly string[]): readonly PhoneTerms[] | undefined {
  const asked = `${threadId} ${front} ${people.join(" ")}`;
  const [told, setTold] = useState<{ readonly asked: string; readonly terms: readonly PhoneTerms[] }>();
  useEffect(() => {
    let wanted = true;
    // Without an answer the size is still said, and the price is not.
    api.thread.textTerms.query({ threadId }).then(
      (terms) => wanted && setTold({ asked, terms }),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [threadId, asked]);
  return told?.asked === asked ? told.terms : undefined;
}
