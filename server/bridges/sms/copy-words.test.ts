import fc from "fast-check";
import { expect, test } from "vitest";
import type { Message } from "@/domain/message";
import { segmentsOf, WIDE_HEADER } from "@/domain/sms/segments";
import type { Thread } from "@/domain/thread";
import { copyWords } from "./words";

const cut = (text: string) => ({ ...segmentsOf(text, WIDE_HEADER), pieces: 1 });
const nameOf = (id: string): string => ({ ann: "Ann", cleo: "Cleo" })[id] ?? "Braid";
const said = (text: string, more: Partial<Message> = {}): Message => ({ id: text, threadId: "t", from: "ann", channel: "chat", at: 0, text, ...more });
const words = (messages: readonly Message[], more: { kind?: Thread["kind"]; last?: boolean; isNew?: boolean } = {}): string =>
  copyWords({
    copy: { reason: "was-offline", messages, last: more.last ?? false, again: false },
    thread: { id: "t", kind: more.kind ?? "direct", names: {} } as Thread,
    assignment: { number: "+12025550101", isNew: more.isNew ?? true },
    ...{ nameOf, cut },
  });

test("the name stands where it is not clear who writes", () => {
  expect(words([said("One"), said("Two")])).toBe("Ann: One\nTwo");
  expect(words([said("One")], { isNew: false })).toBe("One");
  expect(words([said("One"), said("Two", { from: "cleo" })], { kind: "group" })).toBe("Ann: One\nCleo: Two");
});

test("what is cut stays in the letters it was in, and what has no words says so", () => {
  expect(segmentsOf(words([said("a".repeat(900))]))).toMatchObject({ encoding: "gsm7", segments: 3 });
  expect(words([said("")])).toBe("Ann: (without words, to be seen in Braid)");
});

test("a mail begins with its subject, and the last of the day says that it is", () => {
  expect(words([said("See below", { mail: { subject: "The hut", sender: "unproven" } })], { isNew: false })).toBe("The hut: See below");
  expect(words([said("One")], { last: true })).toMatch(/^Ann: One\n\(Last text for today/);
});

test("whatever is said, a copy has three segments at most, ends whole, and says when there is more", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 5 }), fc.boolean(), (texts, last) => {
      const text = words(
        texts.map((one) => said(one)),
        { last },
      );
      expect(cut(text).segments).toBeLessThanOrEqual(3);
      expect(() => encodeURIComponent(text)).not.toThrow();
      const whole = `Ann: ${texts.join("\n")}`;
      if (!text.startsWith(whole)) expect(text).toContain("(more in Braid)");
    }),
  );
});
