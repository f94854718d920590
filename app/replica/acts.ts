import type { Action } from "@/domain/action";
import { isOutside, nativeChannel } from "@/domain/address";
import { decideWay } from "@/domain/decide";
import type { Id } from "@/domain/id";
import { type Delivery, type Message, type Preview, preview } from "@/domain/message";
import type { Folder, Thread } from "@/domain/thread";
import type { Failure } from "./types";
import { messageIn, type Window } from "./window";

/** What a person does in a conversation and sees at once. */
export type Act =
  | { readonly type: "send"; readonly text: string }
  | { readonly type: "read"; readonly upTo: Id }
  | { readonly type: "markUnread" }
  | { readonly type: "move"; readonly folder: Folder }
  | { readonly type: "mute"; readonly muted: boolean }
  | { readonly type: "delete"; readonly messageId: Id }
  | { readonly type: "restore"; readonly messageId: Id }
  | { readonly type: "rename"; readonly name: string }
  | { readonly type: "draft"; readonly text: string };

/** An act on its way. `maker` grows with time, so acts sort by it; the committed action carries it too. */
export interface Pending {
  readonly maker: Id;
  readonly threadId: Id;
  /** Unix milliseconds by this device's clock. */
  readonly at: number;
  readonly act: Act;
  /** Why it failed, for a message that waits for Retry or Discard. */
  readonly failure?: Failure;
  /** The position it was committed at; it goes away when the cursor gets there. */
  readonly seq?: number;
}

/** What an act is decided upon: the person, and the thread as it looks with all earlier acts done. */
export interface Sight {
  readonly me: Id;
  readonly thread: Thread;
  readonly window: Window | undefined;
}

/**
 * The action the server will most likely commit: the mirror of server/mailbox. `none` when the act would change nothing and need not be
 * sent; undefined when it cannot be known from here. A wrong guess shows for the time of one call.
 */
export function predict(pending: Pending, sight: Sight): Action | "none" | undefined {
  const { act, at, maker, threadId } = pending;
  const { thread, window } = sight;
  const stamp = { at, maker, threadId };
  switch (act.type) {
    case "send":
      return { type: "MessageSent", ...stamp, message: messageOf(pending, act.text, sight) };
    case "read":
      return read(act.upTo, stamp, sight);
    case "markUnread":
      return { type: "ThreadMarkedUnread", ...stamp };
    case "move":
      return thread.folder === act.folder ? "none" : { type: "ThreadMoved", ...stamp, folder: act.folder };
    case "mute":
      return (thread.muted !== undefined) === act.muted ? "none" : { type: "ThreadMuted", ...stamp, muted: act.muted };
    case "delete":
    case "restore":
      return window && shown(messageIn(window, act.messageId), act.type === "restore", stamp, sight);
    case "rename":
      return thread.name === act.name ? "none" : renamed(pending, act.name, sight);
    case "draft":
      return (thread.draft?.text ?? "") === act.text ? "none" : { type: "DraftSaved", ...stamp, text: act.text };
    default:
      return act satisfies never;
  }
}

interface Stamp {
  readonly at: number;
  readonly maker: Id;
  readonly threadId: Id;
}

/** The bubble as it will be committed: same channel, same words about its delivery, same key. */
export function messageOf({ at, maker, threadId }: Pending, text: string, { me, thread }: Pick<Sight, "me" | "thread">): Message {
  const others = thread.people.filter((person) => person !== me);
  const ways = others.map((to) => [to, { state: "sending", ...wayTo(to), at }] as [string, Delivery]);
  const channels = others.map(nativeChannel);
  const channel = channels.includes("chat") ? "chat" : (channels[0] ?? "chat");
  return { id: maker, threadId, from: me, channel, at, text, clientId: maker, ...(ways.length > 0 && { delivery: Object.fromEntries(ways) }) };
}

function wayTo(to: string): Pick<Delivery, "channel" | "reason"> {
  const { channel, reason } = decideWay({ to, known: !isOutside(to) });
  return { channel, reason };
}

function read(upTo: Id, stamp: Stamp, { me, thread, window }: Sight): Action | "none" {
  const position = thread.last !== undefined && upTo > thread.last.messageId ? thread.last.messageId : upTo;
  const ahead = thread.readUpTo === undefined || position > thread.readUpTo;
  if (!ahead && thread.unread === 0 && thread.markedUnread === undefined) return "none";
  const reached = ahead ? position : (thread.readUpTo as Id);
  return { type: "ThreadRead", ...stamp, upTo: reached, unread: unreadAfter(reached, me, thread, window), tell: [] };
}

function unreadAfter(upTo: Id, me: Id, thread: Thread, window: Window | undefined): number {
  if (thread.last === undefined || thread.last.messageId <= upTo) return 0;
  if (window === undefined || window.floor > upTo) return thread.unread;
  return window.messages.filter((message) => message.id > upTo && message.from !== me && !message.event && !message.deleted).length;
}

function shown(message: Message | undefined, shown: boolean, stamp: Stamp, { me, thread, window }: Sight): Action | "none" | undefined {
  if (message === undefined) return undefined;
  if ((message.deleted === undefined) === shown) return "none";
  const unseen = thread.unread > 0 && (thread.readUpTo === undefined || message.id > thread.readUpTo);
  const counted = message.from !== me && message.event === undefined && unseen;
  const unread = Math.max(0, thread.unread + (counted ? (shown ? 1 : -1) : 0));
  const last = lastShown(message, shown, thread, window);
  return { type: shown ? "MessageRestored" : "MessageDeleted", ...stamp, messageId: message.id, unread, last };
}

function lastShown(changed: Message, shown: boolean, { last }: Thread, window: Window | undefined): Preview | null {
  if (shown) return last === undefined || changed.id > last.messageId ? preview(changed) : last;
  if (last !== undefined && last.messageId !== changed.id) return last;
  const newest = window?.messages.findLast((message) => message.id < changed.id && message.deleted === undefined);
  return newest === undefined ? null : preview(newest);
}

function renamed({ at, maker, threadId }: Pending, name: string, { me, thread }: Sight): Action {
  const message: Message = { id: maker, threadId, from: me, channel: "chat", at, text: "", event: { type: "named", name } };
  return { type: "RosterChanged", at, maker, threadId, people: thread.people, roster: thread.roster, name, left: false, message };
}
