import type { Id } from "@/domain/id";
import type { Folder, Thread } from "@/domain/thread";
import { messageOf, type Pending } from "./acts";
import type { FolderLists } from "./lists";
import type { Horizon } from "./mailbox";
import { viewOf } from "./overlay";
import type { Failure, FolderView, MessagesView, MessageView, ThreadView } from "./types";
import type { Window } from "./window";

/** How reading something goes, when it is not simply there. */
export interface Progress {
  readonly running: boolean;
  readonly failure: Failure | undefined;
}

export function folderView(folder: Folder, lists: FolderLists, horizon: Horizon | undefined, { failure }: Progress): FolderView {
  const status = horizon ? "ready" : failure ? "error" : "loading";
  const threads = horizon ? lists.downTo(folder, horizon.key) : [];
  return { threads, status, hasMore: horizon?.next !== undefined, ...(failure && { failure }) };
}

export function threadView(thread: Thread | undefined, { failure }: Progress): ThreadView {
  if (thread) return { thread, status: "ready" };
  if (failure === undefined) return { status: "loading" };
  return { status: failure.code === "thread/unknown" ? "missing" : "error", failure };
}

export interface Conversation {
  readonly me: Id;
  readonly thread: Thread;
  readonly window: Window | undefined;
  readonly acts: readonly Pending[];
}

export function messagesView(shown: Conversation | undefined, { running, failure }: Progress): MessagesView {
  const window = shown?.window;
  const status = window ? "ready" : failure ? "error" : "loading";
  const items = shown && window ? itemsOf(shown, window) : [];
  return { items, status, hasOlder: window !== undefined && window.floor !== "", loadingOlder: window !== undefined && running, ...(failure && { failure }) };
}

function itemsOf({ me, thread, acts }: Conversation, window: Window): MessageView[] {
  const items = window.messages.filter(({ deleted }) => deleted === undefined).map((message) => viewOf(message, me));
  const sends = acts.filter(({ act }) => act.type === "send");
  if (sends.length === 0) return items;
  const committed = new Set(window.messages.map(({ clientId }) => clientId));
  return [...items, ...sends.filter(({ maker }) => !committed.has(maker)).map((pending) => pendingView(pending, me, thread))];
}

const pendingViews = new WeakMap<Pending, MessageView>();

/** An own message not yet committed, drawn exactly as it will be. */
function pendingView(pending: Pending, me: Id, thread: Thread): MessageView {
  const known = pendingViews.get(pending);
  if (known) return known;
  const text = pending.act.type === "send" ? pending.act.text : "";
  const { failure, maker } = pending;
  const view: MessageView = { ...messageOf(pending, text, { me, thread }), key: maker, pending: failure ? "failed" : "sending", ...(failure && { failure }) };
  pendingViews.set(pending, view);
  return view;
}
