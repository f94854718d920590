"use client";
import SendHorizontal from "lucide-react/icons/send-horizontal";
import { type FormEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import { useActions, useDraft } from "@/app/replica/hooks";
import type { MessageView } from "@/app/replica/types";
import { IconButton } from "@/app/ui/button";
import { useMedia } from "../browser";
import { useConversation } from "../conversation/context";
import { limitWords } from "../model/limit";
import { AudienceLine } from "./audience-line";
import { EmojiButton } from "./emoji-button";
import { focusComposer, focusMessage, writesAtOnce } from "./focus";
import { TypingLine } from "./typing-line";

/** Where the person writes. It says beforehand what will happen, and never loses a word. */
export function Composer({ messages }: { messages: readonly MessageView[] }) {
  const { thread } = useConversation();
  if (thread.left !== undefined)
    return <p className="border-line border-t px-5 py-4 text-center text-muted">You have left this conversation. What was said before stays here.</p>;
  return (
    <div className="mx-auto w-full max-w-[60rem] shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-5 md:pb-4">
      <TypingLine />
      <Field key={thread.id} messages={messages} />
    </div>
  );
}

function Field({ messages }: { messages: readonly MessageView[] }) {
  const { thread } = useConversation();
  const draft = useDraft(thread.id);
  const actions = useActions();
  const touch = useMedia("(pointer: coarse)");
  const area = useRef<HTMLTextAreaElement>(null);
  const limit = limitWords(draft.text);
  const empty = draft.text.trim() === "";
  useGrowing(area, draft.text);
  useEffect(() => {
    if (writesAtOnce() && document.querySelector("[role=dialog]") === null) focusComposer();
  }, []);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (empty || limit?.over) return;
    actions.send(thread.id, draft.text.trim());
    area.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter takes its suggestion (229 is how Safari says so after the fact).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey && (!touch || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") leave(event);
  };
  const insert = (text: string) => {
    const element = area.current;
    if (element === null) return;
    element.focus();
    element.setRangeText(text, element.selectionStart, element.selectionEnd, "end");
    draft.set(element.value);
  };
  const replace = (text: string) => {
    draft.set(text);
    area.current?.focus();
  };
  return (
    <form
      onSubmit={send}
      className="rounded-lg border border-edge bg-raised transition-colors [--ground:var(--raised)] focus-within:border-accent has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:-outline-offset-1 has-[textarea:focus-visible]:outline-accent"
    >
      <textarea
        ref={area}
        id="composer"
        rows={1}
        dir="auto"
        aria-label="Message"
        aria-describedby="audience"
        aria-keyshortcuts="r"
        placeholder="Write a message"
        enterKeyHint={touch ? "enter" : "send"}
        value={draft.text}
        onChange={(event) => {
          draft.set(event.target.value);
          actions.typing(thread.id);
        }}
        onKeyDown={press}
        onBlur={draft.flush}
        className="field-sizing-content block max-h-[40dvh] min-h-11 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 outline-none"
      />
      <div className="flex items-end gap-1 pe-1.5 pb-1.5">
        <AudienceLine messages={messages} text={draft.text} onReplace={replace} />
        {limit && (
          <span role="status" className={limit.over ? "pb-1.5 text-danger text-small" : "pb-1.5 text-muted text-small"}>
            {limit.words}
          </span>
        )}
        <EmojiButton onPick={insert} />
        <IconButton
          icon={SendHorizontal}
          label="Send"
          keys="Enter"
          type="submit"
          disabled={empty || limit?.over === true}
          className="bg-accent text-on-accent hover:bg-accent-strong hover:text-on-accent disabled:bg-transparent disabled:text-faint rtl:-scale-x-100"
        />
      </div>
    </form>
  );
}

/** To the messages, where the keys are keys again; nothing that listens behind takes this Escape for its own. */
function leave(event: KeyboardEvent<HTMLTextAreaElement>): void {
  event.preventDefault();
  if (!focusMessage()) event.currentTarget.blur();
}

/** For browsers without `field-sizing`: the field is as high as its text. */
function useGrowing(area: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${text === "" ? 44 : element.scrollHeight}px`;
  }, [area, text]);
}
