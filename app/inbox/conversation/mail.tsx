"use client";
import Ellipsis from "lucide-react/icons/ellipsis";
import FileText from "lucide-react/icons/file-text";
import { useId, useState } from "react";
import { lazily } from "@/app/ui/floating";
import { Icon } from "@/app/ui/icon";
import { tip } from "@/app/ui/tip";
import type { MailPart, Message } from "@/domain/message";
import { Linked } from "./body";

const Original = lazily(() => import("./original"));

const BUTTON = "inline-flex min-h-6 items-center gap-1.5 rounded-sm text-muted text-small hover:text-ink max-md:min-h-11";

/** What an e-mail has beside its new words: the quote, folded, and the way to the original. */
export function MailParts({ message, mail }: { message: Message; mail: MailPart }) {
  const [original, setOriginal] = useState(false);
  const [quoted, setQuoted] = useState(false);
  const id = useId();
  return (
    <div className="mt-1 flex flex-col items-start gap-1">
      {mail.cut && <p className="text-muted text-small">This is the beginning. The rest is in the original.</p>}
      <div className="flex flex-wrap items-center gap-x-3">
        {mail.quote && <QuoteButton open={quoted} controls={id} onClick={() => setQuoted(!quoted)} />}
        {mail.raw && (
          <button type="button" aria-haspopup="dialog" onClick={() => setOriginal(true)} className={BUTTON}>
            <Icon of={FileText} />
            Show original
          </button>
        )}
      </div>
      {mail.quote && (
        <blockquote id={id} dir="auto" hidden={!quoted} className="whitespace-pre-wrap border-edge border-s-2 ps-3 text-start text-muted">
          {quoted && <Linked text={mail.quote} />}
        </blockquote>
      )}
      {original && <Original message={message} subject={mail.subject} onClose={() => setOriginal(false)} />}
    </div>
  );
}

function QuoteButton({ open, controls, onClick }: { open: boolean; controls: string; onClick: () => void }) {
  const label = open ? "Hide quoted text" : "Show quoted text";
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-controls={controls}
      aria-label={label}
      {...tip(label)}
      onClick={onClick}
      className="relative my-0.5 inline-flex h-5 items-center rounded-full bg-press px-2 text-muted after:absolute after:inset-x-0 after:-inset-y-2 hover:text-ink max-md:my-2 max-md:h-7 max-md:px-3.5"
    >
      <Icon of={Ellipsis} />
    </button>
  );
}
