import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { emptySlice, reduce } from "@/domain/reduce";
import type { Thread } from "@/domain/thread";
import { type Pending, predict } from "./acts";
import type { MessageView } from "./types";
import { advance, type Window } from "./window";

/** A thread and its messages as the person sees them: what is committed, and on top of it what she has just done. */
export interface Seen {
  readonly thread: Thread;
  readonly window: Window | undefined;
}

/** Applies acts on their way with the reducer that will apply them for good. Own new messages stay out of the window: they are shown after it. */
export function overlaid(me: Id, seen: Seen, acts: readonly Pending[]): Seen {
  let { thread, window } = seen;
  for (const pending of acts) {
    const action = pending.failure ? undefined : predict(pending, { me, thread, window });
    if (action === undefined || action === "none") continue;
    thread = reduce({ ...emptySlice(), thread }, action).thread ?? thread;
    const alters = action.type === "MessageDeleted" || action.type === "MessageRestored";
    if (window && alters) window = advance(window, action);
  }
  return { thread, window };
}

const views = new WeakMap<Message, MessageView>();

/**
 * The same view for the same message, so that a row that did not change does not draw again. Only one's own client ids are keys: those of
 * others are theirs to choose, and might be chosen twice.
 */
export function viewOf(message: Message, me: Id): MessageView {
  const known = views.get(message);
  if (known !== undefined) return known;
  const view = { ...message, key: (message.from === me && message.clientId) || message.id };
  views.set(message, view);
  return view;
}
