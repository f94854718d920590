import { expect, test } from "vitest";
import type { Action } from "@/domain/action";
import type { Id } from "@/domain/id";
import type { Message } from "@/domain/message";
import { EMPTY_HEAD, folderKey } from "@/domain/reduce";
import type { Folder, Thread } from "@/domain/thread";
import { nth } from "@/testkit/actions";
import { Mailbox } from "./mailbox";
import { trimmed, type Window } from "./window";

const ID = nth(2, 1);
const thread = (id: Id, activity: Id, folder: Folder = "messages"): Thread => ({
  id,
  kind: "direct",
  people: [nth(1, 0), nth(1, 1)],
  names: {},
  roster: 0,
  folder,
  activity,
  knots: [],
  unread: 0,
  receipts: {},
});
const message = (n: number, text = `text ${n}`): Message => ({ id: nth(3, n), threadId: ID, from: nth(1, 1), channel: "chat", at: n, text });
const arrived = (n: number): Action => ({ type: "MessageArrived", at: n, maker: `m${n}`, threadId: ID, message: message(n), folder: "messages", unread: true });
const ids = (window: Window | undefined) => window?.messages.map(({ id }) => id);

/** A mailbox at position 10 with one thread. */
function mailbox(): Mailbox {
  const box = new Mailbox({ ...EMPTY_HEAD, seq: 10 });
  box.placeThread(thread(ID, nth(3, 5)), 10);
  return box;
}
const apply = (box: Mailbox, ...actions: Action[]) => actions.map((action) => box.apply({ seq: box.cursor + 1, action }));

test("an answer read earlier is brought up to the cursor, and one already here is not put back", () => {
  const box = mailbox();
  box.placeMessages(ID, undefined, { messages: [message(4), message(5)], more: true }, 10);
  apply(box, arrived(6));
  box.placeThread(thread(ID, nth(3, 5)), 10);
  expect(box.threads.get(ID)).toMatchObject({ unread: 1, activity: nth(3, 6) });
  expect(box.placeMessages(ID, nth(3, 4), { messages: [message(2), message(3)], more: true }, 10)).toBe(true);
  expect(ids(box.windows.get(ID))).toEqual([2, 3, 4, 5, 6].map((n) => nth(3, n)));
});

test("an answer from before the kept tail, or from beyond the cursor, is refused", () => {
  const box = mailbox();
  expect(box.placeThread(thread(nth(2, 2), nth(3, 1)), 9)).toBe(false);
  expect(box.placeMessages(ID, undefined, { messages: [], more: false }, 11)).toBe(false);
  expect(box.placeFolder("spam", undefined, { threads: [] }, 9)).toBe(false);
  expect(box.threads.size).toBe(1);
});

test("a message below the floor stays out until its page is read", () => {
  const box = mailbox();
  box.placeMessages(ID, undefined, { messages: [message(4), message(5)], more: true }, 10);
  apply(box, { type: "HistoryShared", at: 0, maker: "h", threadId: ID, messages: [message(1), message(6)] });
  expect(ids(box.windows.get(ID))).toEqual([4, 5, 6].map((n) => nth(3, n)));
});

test("a page that no longer fits the window is passed over", () => {
  const box = mailbox();
  box.placeMessages(ID, undefined, { messages: [message(4), message(5)], more: true }, 10);
  const before = box.windows.get(ID);
  expect(box.placeMessages(ID, nth(3, 3), { messages: [message(1)], more: false }, 10)).toBe(true);
  expect(box.placeMessages(ID, undefined, { messages: [message(5)], more: true }, 10)).toBe(true);
  expect(box.windows.get(ID)).toBe(before);
});

test("a window cut short asks again for what it let go", () => {
  const window = { threadId: ID, floor: "", messages: [1, 2, 3].map((n) => message(n)) };
  expect(trimmed(window, 2)).toEqual({ threadId: ID, floor: nth(3, 2), messages: [message(2), message(3)] });
  expect(trimmed(window, 3)).toMatchObject({ floor: nth(3, 1) });
  expect(trimmed(window, 4)).toBe(window);
});

test("a folder is loaded down to its last page; pages out of turn are passed over", () => {
  const box = mailbox();
  const page = { threads: [thread(nth(2, 2), nth(3, 9))], next: "more" };
  box.placeFolder("messages", undefined, page, 10);
  const horizon = { key: folderKey(thread(nth(2, 2), nth(3, 9))), next: "more" };
  expect(box.horizons.get("messages")).toEqual(horizon);
  box.placeFolder("messages", "other", { threads: [] }, 10);
  box.placeFolder("messages", undefined, { threads: [] }, 10);
  expect(box.horizons.get("messages")).toEqual(horizon);
  box.placeFolder("messages", "more", { threads: [thread(nth(2, 3), nth(3, 1))] }, 10);
  expect(box.horizons.get("messages")).toEqual({ key: "" });
  box.placeFolder("spam", "more", { threads: [] }, 10);
  expect(box.horizons.has("spam")).toBe(false);
});

test("counts read earlier take in what is known since, and are asked for again when something is not", () => {
  const box = mailbox();
  apply(box, arrived(6));
  expect(box.placeHead({ seq: 10, unread: { ...EMPTY_HEAD.unread, messages: 4 } })).toBe(true);
  expect(box.head).toEqual({ seq: 11, unread: { ...EMPTY_HEAD.unread, messages: 5 } });
  apply(box, { type: "ThreadMarkedUnread", at: 0, maker: "x", threadId: nth(2, 9) });
  expect(box.headKnown).toBe(false);
  expect(box.placeHead({ seq: 11, unread: EMPTY_HEAD.unread })).toBe(false);
  expect(box.placeHead({ seq: 12, unread: EMPTY_HEAD.unread })).toBe(true);
});

test("messages that the server archives stay on the screen, and the counts stay", () => {
  const box = mailbox();
  box.placeMessages(ID, undefined, { messages: [message(1), message(2), message(3)], more: true }, 10);
  apply(box, arrived(6));
  const [window, head] = [box.windows.get(ID), box.head];
  apply(box, { type: "MessagesArchived", at: 0, maker: "a", threadId: ID, block: { from: nth(3, 1), upTo: nth(3, 2), count: 2, copied: 11, digest: "d" } });
  expect(box.windows.get(ID)).toBe(window);
  expect(box.head).toEqual({ ...head, seq: 12 });
  expect(box.threads.get(ID)).toMatchObject({ unread: 1, activity: nth(3, 6), archived: { from: nth(3, 1), upTo: nth(3, 2) } });
  expect(box.placeMessages(ID, nth(3, 1), { messages: [message(0)], more: false }, 12)).toBe(true);
  expect(ids(box.windows.get(ID))).toEqual([0, 1, 2, 3, 6].map((n) => nth(3, n)));
});
