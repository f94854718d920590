"use client";
import { useMemo } from "react";
import { numberWords } from "@/app/numbers";
import { Avatar } from "@/app/ui/avatar";
import { Button } from "@/app/ui/button";
import { cx } from "@/app/ui/cx";
import { Time } from "@/app/ui/moment";
import { sentenceOf } from "@/app/ui/refusal";
import { Loading, Skeleton } from "@/app/ui/skeleton";
import { VisuallyHidden } from "@/app/ui/visually-hidden";
import type { Phone, PhoneText } from "./data";
import { NetworkMenu } from "./network-menu";
import { type Conversation, conversationsOf, segmentWords } from "./texts";
import { WriteText } from "./write-text";

interface PhoneViewProps {
  phone: Phone;
  /** Ours. */
  numbers: readonly string[];
  /** Undefined until they are loaded. */
  texts: readonly PhoneText[] | undefined;
  error: Error | null;
  onRetry: () => void;
}

/** One phone with its screen, and below it what its network does. */
export function PhoneView({ phone, numbers, texts, error, onRetry }: PhoneViewProps) {
  const conversations = useMemo(() => conversationsOf(texts ?? []), [texts]);
  return (
    <section aria-label={`Phone of ${phone.name}, ${numberWords(phone.number)}`} className="flex w-full min-w-0 max-w-88 flex-col items-center gap-1">
      <div className="flex h-[34rem] max-h-[80dvh] max-md:h-[28rem] w-full flex-col rounded-[2.25rem] border-[5px] border-edge bg-paper">
        <span aria-hidden className="mx-auto mt-2 h-1 w-12 shrink-0 rounded-full bg-edge" />
        <header className="flex shrink-0 items-center gap-3 px-5 pt-2 pb-2.5">
          <Avatar name={phone.name} size={32} />
          <div className="flex min-w-0 flex-col">
            <h2 className="truncate font-semibold" dir="auto">
              {phone.name}
            </h2>
            <p className="text-faint text-small" dir="ltr">
              {numberWords(phone.number)}
            </p>
          </div>
        </header>
        <Screen name={phone.name}>
          {texts !== undefined ? (
            <Conversations of={conversations} />
          ) : error === null ? (
            <Loading of="the texts">
              <Skeleton className="h-12 w-3/4" />
            </Loading>
          ) : (
            <Trouble error={error} onRetry={onRetry} />
          )}
        </Screen>
        <WriteText phone={phone} numbers={numbers} conversations={conversations} />
      </div>
      <NetworkMenu phone={phone} />
    </section>
  );
}

/** Runs from the bottom, where the newest is, and stays there; the arrow keys move it. */
const Screen = ({ name, children }: { name: string; children: React.ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <div role="log" aria-label={`Texts on the phone of ${name}`} tabIndex={0} className="flex min-h-0 grow flex-col-reverse overflow-y-auto px-3">
    <div className="py-2">{children}</div>
  </div>
);

const Trouble = ({ error, onRetry }: { error: Error; onRetry: () => void }) => (
  <div role="alert" className="flex flex-col items-center gap-3 px-3 py-6 text-center text-balance">
    <p>The texts could not be loaded. {sentenceOf(error)}</p>
    <Button onClick={onRetry}>Try again</Button>
  </div>
);

function Conversations({ of: conversations }: { of: readonly Conversation[] }) {
  if (conversations.length === 0)
    return <p className="px-3 pb-6 text-center text-balance text-muted">No texts yet. Write to this number from an inbox, or write from here.</p>;
  return conversations.map(({ other, texts }) => (
    <section key={other} aria-label={`With ${numberWords(other)}`}>
      <h3 dir="ltr" className="sticky top-0 bg-paper py-2 text-center text-faint text-small">
        {numberWords(other)}
      </h3>
      <ol className="flex flex-col gap-1.5">
        {texts.map((text) => (
          <Bubble key={text.id} text={text} />
        ))}
      </ol>
    </section>
  ));
}

function Bubble({ text: { direction, text, segments, at } }: { text: PhoneText }) {
  const own = direction === "from-phone";
  return (
    <li className={cx("flex flex-col", own ? "items-end" : "items-start")}>
      <VisuallyHidden>{own ? "Sent from the phone" : "Came to the phone"}</VisuallyHidden>
      <p dir="auto" className={cx("max-w-[88%] whitespace-pre-wrap rounded-bubble px-3.5 py-2", own ? "bg-sms-soft" : "bg-hover")}>
        {text}
      </p>
      <span className="px-1 pt-0.5 text-faint text-small">
        <Time at={at} as="clock" />
        {segments > 1 && ` · ${segmentWords(segments)}`}
      </span>
    </li>
  );
}
