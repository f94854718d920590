import { type Action, type ActionOf, threadOf } from "./action";
import type { Channel, ParticipantId } from "./address";
import type { Id } from "./id";
import { type Copied, type Delivery, isSettled, type Message, preview } from "./message";
import { copiedKey, type MessageOwed, type OutboxEntry, outboxKey, rosterKey } from "./outbox";
import { counts, FOLDERS, type Folder, type Thread } from "./thread";

/** How many recent messages the strand in the thread list shows. */
const KNOTS = 5;

export interface MailboxHead {
  /** Number of actions applied: the position in the log. */
  readonly seq: number;
  /** Threads in each folder that count as unread. The badge of the inbox is `unread.messages`. */
  readonly unread: Readonly<Record<Folder, number>>;
}

/**
 * The part of a mailbox one action can touch: its head, one thread, the messages the action names or archives, and what it owes.
 * `outbox` holds changes only; null removes an entry. The server loads a slice from its row, a browser from its replica.
 */
export interface Slice {
  readonly head: MailboxHead;
  readonly thread?: Thread;
  readonly messages: Readonly<Record<Id, Message>>;
  readonly outbox: Readonly<Record<string, OutboxEntry | null>>;
}

export const EMPTY_HEAD: MailboxHead = { seq: 0, unread: { messages: 0, other: 0, archive: 0, spam: 0 } };
export const emptySlice = (head: MailboxHead = EMPTY_HEAD): Slice => ({ head, messages: {}, outbox: {} });

/**
 * Applies one action. Pure and total: the same slice and action give the same bytes on the server, in a browser, and when a log is
 * replayed years later. An action on a thread the slice does not have only moves the position.
 */
export function reduce(slice: Slice, action: Action): Slice {
  const changed = apply(slice, action);
  return { ...changed, head: { seq: slice.head.seq + 1, unread: recount(slice.head.unread, slice.thread, changed.thread) } };
}

function apply(slice: Slice, action: Action): Slice {
  if (action.type === "ThreadOpened") return slice.thread ? slice : { ...slice, thread: opened(action) };
  const { thread } = slice;
  if (thread === undefined || thread.id !== threadOf(action)) return slice;
  switch (action.type) {
    case "MessageSent":
      return sent(slice, thread, action);
    case "MessageArrived":
      return arrived(slice, thread, action);
    case "RosterChanged":
      return rosterChanged(slice, thread, action);
    case "RosterIntended":
      return owe(slice, [{ kind: "roster", threadId: thread.id, by: action.by, at: action.at, change: action.change }]);
    case "RosterSettled":
      return { ...slice, outbox: { ...slice.outbox, [rosterKey(thread.id, action.by)]: null } };
    case "HistoryShared":
      return historyShared(slice, thread, action);
    case "HistoryOwed":
      return owe(
        slice,
        action.to.map((to) => ({ kind: "history", threadId: thread.id, to, upTo: action.upTo })),
      );
    case "HistoryGiven":
      return historyGiven(slice, action);
    case "DeliveryReported":
      return deliveryReported(slice, action);
    case "CopyReported":
      return copyReported(slice, action);
    case "CopyTold":
      return { ...slice, outbox: { ...slice.outbox, [copiedKey(action)]: null } };
    case "FileArrived":
      return fileArrived(slice, action);
    case "ReceiptArrived":
      return withThread(slice, { ...thread, receipts: raise(thread.receipts, action.by, action.upTo) });
    case "ReceiptGiven":
      return settle(slice, { kind: "receipt", threadId: thread.id, to: action.to, upTo: action.upTo });
    case "ThreadRead":
      return read(slice, thread, action);
    case "ThreadMarkedUnread":
      return withThread(slice, { ...thread, markedUnread: { at: action.at } });
    case "ThreadMoved":
      return withThread(slice, { ...thread, folder: action.folder, moved: { at: action.at } });
    case "ThreadMuted":
      return withThread(slice, action.muted ? { ...thread, muted: { at: action.at } } : without(thread, "muted"));
    case "MessageDeleted":
      return visibility(slice, thread, action, { at: action.at });
    case "MessageRestored":
      return visibility(slice, thread, action, undefined);
    case "DraftSaved":
      return withThread(slice, action.text === "" ? without(thread, "draft") : { ...thread, draft: { text: action.text, at: action.at } });
    case "MessagesArchived":
      return messagesArchived(slice, thread, action);
    default:
      action satisfies never;
      return slice; // of a newer version, while this one still runs in a tab or on a server
  }
}

function opened(action: ActionOf<"ThreadOpened">): Thread {
  return { ...action.thread, knots: [], unread: 0, receipts: {} };
}

function sent(slice: Slice, thread: Thread, { message }: ActionOf<"MessageSent">): Slice {
  const next = withLast(thread, message);
  const answered: Thread = next.folder === "messages" ? next : { ...next, folder: "messages" };
  return owe(withMessages(withThread(slice, message.sms ? answered : seen(answered, message.id)), [message]), deliveries(message));
}

/** Who writes here has the conversation open, and what was begun is sent. Who texts from a phone may not have seen it, nor sent what waits here. */
function seen(thread: Thread, upTo: Id): Thread {
  return { ...without(without(thread, "draft"), "markedUnread"), unread: 0, readUpTo: later(thread.readUpTo, upTo) };
}

function arrived(slice: Slice, thread: Thread, action: ActionOf<"MessageArrived">): Slice {
  const next = { ...withLast(thread, action.message), folder: action.folder, unread: thread.unread + (action.unread ? 1 : 0) };
  const named = action.names ? { ...next, names: { ...next.names, ...action.names } } : next;
  return owe(withMessages(withThread(slice, named), [action.message]), deliveries(action.message));
}

function rosterChanged(slice: Slice, thread: Thread, action: ActionOf<"RosterChanged">): Slice {
  const { people, roster, name, message } = action;
  const newer = roster >= thread.roster ? { ...thread, people, roster, ...(name !== undefined && { name }) } : thread;
  const next = action.left ? { ...newer, left: { at: action.at } } : without(newer, "left");
  return owe(withMessages(withThread(slice, withLast(next, message)), [message]), deliveries(message));
}

function historyShared(slice: Slice, thread: Thread, { messages }: ActionOf<"HistoryShared">): Slice {
  return withMessages(withThread(slice, messages.reduce(withLast, thread)), messages);
}

function historyGiven(slice: Slice, action: ActionOf<"HistoryGiven">): Slice {
  const entry = { kind: "history", threadId: action.threadId, to: action.to, upTo: action.upTo ?? "" } as const;
  return action.upTo === null ? settle(slice, entry) : owe(slice, [entry]);
}

/** What has arrived stays arrived: a late "sending" or "failed" of a repeated step changes nothing. A receipt may end what was sent either way. */
function deliveryReported(slice: Slice, action: ActionOf<"DeliveryReported">): Slice {
  const { threadId, messageId, to, delivery, tell } = action;
  const message = slice.messages[messageId];
  const before = message?.delivery?.[to];
  if (isOver(before, delivery)) return slice;
  const entry = owedOf(threadId, messageId, to, delivery);
  const next = delivery.state === "sending" ? owe(slice, [entry]) : settle(slice, entry);
  if (message === undefined) return next;
  const heard = before?.copied ? { ...delivery, copied: before.copied } : delivery;
  return owe(withMessages(next, [{ ...message, delivery: { ...message.delivery, [to]: heard } }]), tell ? news(threadId, messageId, tell, delivery) : []);
}

function news(threadId: Id, messageId: Id, to: ParticipantId, { state, at, copy }: Delivery): OutboxEntry[] {
  if (copy === undefined || state === "sending" || state === "withheld") return [];
  return [{ kind: "copied", threadId, messageId, to, copied: { state, at, reason: copy } }];
}

/** Somebody with two phones may have two copies: the best news of them counts. */
function copyReported(slice: Slice, { messageId, by, copied }: ActionOf<"CopyReported">): Slice {
  const message = slice.messages[messageId];
  const delivery = message?.delivery?.[by];
  if (message === undefined || delivery === undefined || rank(delivery.copied) >= rank(copied)) return slice;
  return withMessages(slice, [{ ...message, delivery: { ...message.delivery, [by]: { ...delivery, copied } } }]);
}

const RANKS: readonly Delivery["state"][] = ["sent", "failed", "delivered"];
const rank = (copied: Copied | undefined): number => (copied === undefined ? -1 : RANKS.indexOf(copied.state));

/** What a file came to stays so. */
function fileArrived(slice: Slice, { messageId, place, file }: ActionOf<"FileArrived">): Slice {
  const message = slice.messages[messageId];
  const known = message?.files?.[place];
  if (message?.files === undefined || known === undefined || isSettled(known)) return slice;
  return withMessages(slice, [{ ...message, files: message.files.map((was, i) => (i === place ? file : was)) }]);
}

function isOver(before: Delivery | undefined, { state, receipt }: Delivery): boolean {
  if (before?.receipt && !receipt && state !== "sending") return true;
  if (state === "sent" || state === "delivered") return state === "sent" && before?.state === "delivered";
  return before?.state === "delivered" || (before?.state === "sent" && !(state === "failed" && receipt));
}

function read(slice: Slice, thread: Thread, action: ActionOf<"ThreadRead">): Slice {
  const next = { ...without(thread, "markedUnread"), readUpTo: later(thread.readUpTo, action.upTo), unread: action.unread };
  return owe(
    withThread(slice, next),
    action.tell.map((to) => ({ kind: "receipt", threadId: thread.id, to, upTo: action.upTo })),
  );
}

function visibility(slice: Slice, thread: Thread, action: ActionOf<"MessageDeleted" | "MessageRestored">, deleted: Message["deleted"]): Slice {
  const message = slice.messages[action.messageId];
  const last = action.last === null ? without(thread, "last") : { ...thread, last: action.last };
  const next = withThread(slice, { ...last, unread: action.unread });
  if (message === undefined) return next;
  return withMessages(next, [deleted ? { ...message, deleted } : without(message, "deleted")]);
}

/** The head forgets the messages of a block. Nothing a person sees changes: a browser has none of them in its slice, and keeps what it shows. */
function messagesArchived(slice: Slice, thread: Thread, { block: { from, upTo } }: ActionOf<"MessagesArchived">): Slice {
  const before = thread.archived ?? { from, upTo };
  const archived = { from: from < before.from ? from : before.from, upTo: later(before.upTo, upTo) };
  const kept = Object.entries(slice.messages).filter(([id]) => id < from || id > upTo);
  return { ...withThread(slice, { ...thread, archived }), messages: Object.fromEntries(kept) };
}

const deliveries = (message: Message): OutboxEntry[] =>
  Object.entries(message.delivery ?? {})
    .filter(([, { state }]) => state === "sending")
    .map(([to, delivery]) => owedOf(message.threadId, message.id, to, delivery));

const owedOf = (threadId: Id, messageId: Id, to: ParticipantId, { attempts = 0, retryAt = 0, copy }: Delivery): MessageOwed => ({
  ...{ kind: "message", threadId, messageId, to, attempts, retryAt },
  ...(copy && { copy: true }),
});

const withThread = (slice: Slice, thread: Thread): Slice => ({ ...slice, thread });

function withMessages(slice: Slice, changed: readonly Message[]): Slice {
  const messages = { ...slice.messages };
  for (const message of changed) messages[message.id] = message;
  return { ...slice, messages };
}

function owe(slice: Slice, entries: readonly OutboxEntry[]): Slice {
  if (entries.length === 0) return slice;
  const outbox = { ...slice.outbox };
  for (const entry of entries) outbox[outboxKey(entry)] = entry;
  return { ...slice, outbox };
}

const settle = (slice: Slice, entry: OutboxEntry): Slice => ({ ...slice, outbox: { ...slice.outbox, [outboxKey(entry)]: null } });

/** The newest message leads the thread; an older one that arrives late takes its place in history only. */
function withLast(thread: Thread, message: Message): Thread {
  if (thread.last !== undefined && thread.last.messageId >= message.id) return thread;
  const knots: Channel[] = message.event ? [...thread.knots] : [...thread.knots, message.channel].slice(-KNOTS);
  return { ...thread, last: preview(message), activity: later(thread.activity, message.id), knots };
}

const later = (a: Id | undefined, b: Id): Id => (a !== undefined && a > b ? a : b);

const raise = (receipts: Thread["receipts"], by: ParticipantId, upTo: Id): Thread["receipts"] => ({ ...receipts, [by]: later(receipts[by], upTo) });

function recount(unread: MailboxHead["unread"], before: Thread | undefined, after: Thread | undefined): MailboxHead["unread"] {
  if (before === after) return unread;
  const next = { ...unread };
  if (before && counts(before)) next[before.folder] -= 1;
  if (after && counts(after)) next[after.folder] += 1;
  return next;
}

/** The folder's order: newest activity first; the id breaks ties. */
export const folderKey = (thread: Thread): string => `${FOLDERS.indexOf(thread.folder)}${thread.activity}${thread.id}`;

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> & { [P in K]?: never } {
  if (!(key in value)) return value as Omit<T, K> & { [P in K]?: never };
  const { [key]: _gone, ...rest } = value;
  return rest as Omit<T, K> & { [P in K]?: never };
}
