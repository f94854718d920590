import { type Action, messagesTouched, threadOf } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { emptySlice, reduce } from "@/domain/reduce";
import type { Thread } from "@/domain/thread";

/** All messages of a thread with an id of at least `floor`, deleted ones included, by rising id. A floor of "" is the beginning. */
export interface Window {
  readonly threadId: Id;
  readonly floor: Id;
  readonly messages: readonly Message[];
}

/** The window after one more action. Messages below the floor are not its concern: they come when somebody scrolls there. */
export function advance(window: Window, action: Action): Window {
  if (threadOf(action) !== window.threadId) return window;
  const touched: Record<Id, Message> = {};
  for (const id of messagesTouched(action)) {
    const message = messageIn(window, id);
    if (message !== undefined) touched[id] = message;
  }
  const { messages } = reduce({ ...emptySlice(), thread: anyThread(window.threadId), messages: touched }, action);
  const changed = Object.values(messages).filter((message) => message !== touched[message.id] && message.id >= window.floor);
  return changed.reduce(put, window);
}

export function messageIn(window: Window, id: Id): Message | undefined {
  const message = window.messages[indexOf(window.messages, id)];
  return message?.id === id ? message : undefined;
}

/** An older page put before a window that begins where the page ends. */
export const joined = (older: Window, window: Window): Window => ({
  ...older,
  messages: [...older.messages.slice(0, indexOf(older.messages, window.floor)), ...window.messages],
});

/** Keeps the newest `count` messages; what is cut off is read again when somebody scrolls there. */
export function trimmed(window: Window, count: number): Window {
  const oldest = window.messages[window.messages.length - count];
  return oldest === undefined ? window : { ...window, floor: oldest.id, messages: window.messages.slice(-count) };
}

function put(window: Window, message: Message): Window {
  const at = indexOf(window.messages, message.id);
  const same = window.messages[at]?.id === message.id;
  return { ...window, messages: window.messages.toSpliced(at, same ? 1 : 0, message) };
}

/** Where the id is or would be. */
function indexOf(messages: readonly Message[], id: Id): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as Message).id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What an action does to messages does not depend on the thread, but `reduce` touches nothing in a thread that is not there. */
const anyThread = (id: Id): Thread => ({
  id,
  kind: "group",
  people: [],
  names: {},
  roster: 0,
  folder: "messages",
  activity: "",
  knots: [],
  unread: 0,
  receipts: {},
});
