import { describe, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import { rowsOf } from "./rows";

const DAY = new Date(2026, 10, 20, 9, 0).getTime();
const MINUTE = 60_000;

function message(n: number, over: Partial<Message> = {}): Message {
  return { id: String(n).padStart(26, "0"), threadId: "t", from: "ben", channel: "chat", at: DAY + n * MINUTE, text: `message ${n}`, ...over };
}

const rows = (messages: readonly Message[], options: Partial<Parameters<typeof rowsOf>[1]> = {}) => rowsOf(messages, { more: false, me: "me", ...options });

describe("rows", () => {
  test("one person in one go is one group", () => {
    const made = rows([message(1), message(2), message(3, { from: "me" })]);
    expect(made.map(({ opens, closes }) => [opens, closes])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  test("a silence, another channel and a line about the conversation end a group", () => {
    const made = rows([
      message(1),
      message(7),
      message(8, { channel: "email" }),
      message(9, { channel: "email", event: { type: "left" } }),
      message(10, { channel: "email" }),
    ]);
    expect(made.map((row) => row.opens)).toEqual([true, true, true, true, true]);
    expect(made.map((row) => row.closes)).toEqual([true, true, true, true, true]);
  });

  test("days begin at midnight, and end groups", () => {
    const late = new Date(2026, 10, 20, 23, 59).getTime();
    const made = rows([message(1, { at: late }), message(2, { at: late + 2 * MINUTE })]);
    expect(made.map((row) => row.startsDay)).toEqual([true, true]);
    expect(made[0]!.closes).toBe(true);
    expect(made[1]!.opens).toBe(true);
    expect(made[1]!.day).toBe(new Date(2026, 10, 21).getTime());
  });

  test("the first row starts no day while older messages are not loaded", () => {
    expect(rows([message(1), message(2)], { more: true }).map((row) => row.startsDay)).toEqual([false, false]);
  });

  test("older messages loaded above leave the rows below as they were", () => {
    const below = [message(11), message(12), message(13, { from: "me" })];
    const above = [message(1), message(2)];
    expect(rows([...above, ...below]).slice(3)).toEqual(rows(below, { more: true }).slice(1));
  });

  test("the channel is said where it changes; events have none", () => {
    const made = rows([
      message(1),
      message(2, { event: { type: "left" }, channel: "chat" }),
      message(3),
      message(4, { channel: "email" }),
      message(5, { channel: "email" }),
      message(6),
    ]);
    expect(made.map((row) => row.channel)).toEqual(["chat", undefined, undefined, "email", undefined, "chat"]);
  });

  test("a subject is shown once, whatever reply marks stand before it", () => {
    const mail = (n: number, subject: string) => message(n, { channel: "email", mail: { subject, sender: "unproven" } });
    const made = rows([mail(1, "Invoice 7"), mail(2, "Re: Invoice 7"), mail(3, "AW: RE: invoice 7"), mail(4, "Lunch")]);
    expect(made.map((row) => row.subject)).toEqual(["Invoice 7", undefined, undefined, "Lunch"]);
  });

  test("the unread line stands above the first message of somebody else after the marker, once", () => {
    const made = rows([message(1), message(2, { from: "me" }), message(3, { from: "me" }), message(4), message(5)], { unreadAfter: message(2).id });
    expect(made.map((row) => row.unread)).toEqual([false, false, false, true, false]);
    expect(made[3]!.opens).toBe(true);
  });

  test("the unread line splits a group", () => {
    const made = rows([message(1), message(2)], { unreadAfter: message(1).id });
    expect(made.map(({ opens, closes }) => [opens, closes])).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  test("deleted messages leave no gap: what stood around them closes up", () => {
    const made = rows([message(1), message(2, { deleted: { at: 1 } }), message(3)]);
    expect(made.map((row) => row.message.id)).toEqual([message(1).id, message(3).id]);
    expect(made[1]!.opens).toBe(false);
  });

  test("a pending message keeps its key when it is committed", () => {
    const pending = rows([message(1, { clientId: "c-1" })])[0]!;
    const committed = rows([message(9, { clientId: "c-1" })])[0]!;
    expect(committed.key).toBe(pending.key);
  });
});
