import type { ParticipantId } from "@/domain/address";
import type { Thread } from "@/domain/thread";
import { isUnread } from "@/domain/thread";
import { eventWords, firstName, othersOf, type People, personOf } from "./names";

/** The second line of a thread in the list. */
export interface ListLine {
  /** Who said it: "You", or a first name where several could have. */
  readonly who?: string;
  readonly text: string;
  /** An unsent draft stands in place of the last message. */
  readonly draft: boolean;
}

export function listLine(thread: Thread, people: People, me: ParticipantId): ListLine {
  const draft = thread.draft?.text.trim();
  if (draft) return { who: "Draft", text: firstLine(draft), draft: true };
  const { last } = thread;
  if (last === undefined) return { text: "No messages yet", draft: false };
  const name = (id: ParticipantId) => firstName(personOf(id, people, thread).name);
  if (last.event) return { text: eventWords(last.event, last.from, name, me), draft: false };
  const who = last.from === me ? "You" : othersOf(thread, me).length > 1 ? name(last.from) : undefined;
  return { ...(who !== undefined && { who }), text: last.snippet || "No text", draft: false };
}

const firstLine = (text: string): string => text.slice(0, 200).replace(/\s+/gu, " ");

/** What a screen reader adds after a thread's words, since weight, dot and icon are only seen. */
export function stateWords(thread: Thread): string {
  const words = [
    thread.unread > 0 ? `${thread.unread.toLocaleString("en")} unread` : isUnread(thread) ? "unread" : "",
    thread.muted ? "muted" : "",
    thread.left ? "you left" : "",
  ];
  return words.filter((word) => word !== "").join(", ");
}
