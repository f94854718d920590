import { describe, expect, test } from "vitest";
import type { Person } from "@/domain/person";
import type { Thread } from "@/domain/thread";
import { listLine, stateWords } from "./list";

const people = new Map<string, Person>([["ben", { id: "ben", name: "Ben Okafor", outside: false, hue: 0 }]]);
const thread = (over: Partial<Thread> = {}): Thread => ({
  id: "t",
  kind: "direct",
  people: ["me", "ben"],
  names: {},
  roster: 0,
  folder: "messages",
  activity: "1",
  knots: [],
  unread: 0,
  receipts: {},
  last: { messageId: "1", from: "ben", channel: "chat", at: 1, snippet: "hello" },
  ...over,
});
const line = (over: Partial<Thread> = {}) => listLine(thread(over), people, "me");

describe("the second line of a thread", () => {
  test("says who only where there is a choice, and You for me", () => {
    expect(line()).toEqual({ text: "hello", draft: false });
    expect(line({ last: { ...thread().last!, from: "me" } })).toEqual({ who: "You", text: "hello", draft: false });
    expect(line({ people: ["me", "ben", "cleo"] })).toEqual({ who: "Ben", text: "hello", draft: false });
  });

  test("a draft stands before the last message, an empty one does not", () => {
    expect(line({ draft: { text: "I will\nbring it", at: 1 } })).toEqual({ who: "Draft", text: "I will bring it", draft: true });
    expect(line({ draft: { text: "  \n", at: 1 } })).toEqual({ text: "hello", draft: false });
  });

  test("events, no text, and nothing at all", () => {
    expect(line({ last: { ...thread().last!, snippet: "", event: { type: "left" } } }).text).toBe("Ben left the conversation");
    expect(line({ last: { ...thread().last!, snippet: "" } }).text).toBe("No text");
    expect(listLine({ ...thread(), last: undefined }, people, "me").text).toBe("No messages yet");
  });
});

test("what is only seen is also said", () => {
  expect(stateWords(thread())).toBe("");
  expect(stateWords(thread({ unread: 3, muted: { at: 1 } }))).toBe("3 unread, muted");
  expect(stateWords(thread({ markedUnread: { at: 1 } }))).toBe("unread");
});
