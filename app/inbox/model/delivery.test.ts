import { describe, expect, test } from "vitest";
import type { Delivery } from "@/domain/message";
import { type DeliveryContext, deliveryWords, recipientWords } from "./delivery";

const NOW = new Date(2026, 10, 20, 12, 0).getTime();
const AT = new Date(2026, 10, 20, 9, 14).getTime();
const ID = "00000000000000000000000005";
const NAMES: Record<string, string> = { ben: "Ben", cleo: "Cleo", dan: "Dan", "mailto:nora@example.org": "Nora" };

const context = (over: Partial<DeliveryContext> = {}): DeliveryContext => ({
  thread: { receipts: {}, people: ["me", "ben"] },
  me: "me",
  name: (id) => NAMES[id] ?? id,
  now: NOW,
  ...over,
});
const was = (state: Delivery["state"], over: Partial<Delivery> = {}): Delivery => ({ state, channel: "chat", at: AT, ...over });
const sms = (state: Delivery["state"], over: Partial<Delivery> = {}) => was(state, { channel: "sms", ...over });
const words = (delivery: Record<string, Delivery>, over: Partial<DeliveryContext> = {}) => deliveryWords({ id: ID, channel: "chat", delivery }, context(over));

describe("delivery in words, to one person", () => {
  test.each([
    [was("sending"), "Sending"],
    [was("sent", { channel: "email" }), "Sent as e-mail 09:14"],
    [was("delivered"), "Delivered 09:14"],
    [was("delivered", { channel: "email" }), "Delivered as e-mail 09:14"],
    [was("delivered", { at: AT - 86_400_000 }), "Delivered Yesterday 09:14"],
    [sms("sending"), "Sending as SMS"],
    [sms("sent"), "Sent as SMS 09:14"],
    [sms("delivered", { receipt: true }), "Delivered to the phone 09:14"],
    [sms("failed", { reason: "address-unknown" }), "Not delivered: the number does not exist."],
    [
      sms("sending", { attempts: 1, retryAt: AT + 6 * 60_000, reason: "carrier-unreachable" }),
      "Not delivered yet: the carrier does not answer. Next try 09:20",
    ],
    [was("failed", { channel: "email", reason: "address-unknown" }), "Not delivered: the address does not exist."],
    [was("failed", { reason: "never-heard-of" }), "Not delivered: the other side did not take it."],
    [
      was("sending", { channel: "email", attempts: 2, retryAt: AT + 6 * 60_000, reason: "relay-unreachable" }),
      "Not delivered yet: the mail server does not answer. Next try 09:20",
    ],
  ])("%o", (delivery, sentence) => {
    expect(words({ ben: delivery })).toEqual({ words: sentence, failed: delivery.state === "failed" });
  });

  test("read hides how it came; reading something older does not", () => {
    expect(words({ ben: was("delivered") }, { thread: { people: [], receipts: { ben: ID } } }).words).toBe("Read by Ben");
    expect(words({ ben: was("delivered") }, { thread: { people: [], receipts: { ben: "00000000000000000000000004" } } }).words).toBe("Delivered 09:14");
  });

  test("what the browser knows comes before what the server said", () => {
    expect(words({}, { unconfirmed: { state: "sending" } }).words).toBe("Sending");
    expect(words({}, { unconfirmed: { state: "waiting" } }).words).toBe("Goes when you are back online");
    expect(words({}, { unconfirmed: { state: "held" } }).words).toBe("Waits to be saved and goes by itself");
    expect(words({}, { unconfirmed: { state: "failed", sentence: "That message is too long to send." } })).toEqual({
      words: "Not sent: that message is too long to send.",
      failed: true,
    });
  });

  test("a note to oneself reaches nobody", () => {
    expect(words({}).words).toBe("");
  });
});

test.each([
  "asked-to-stop",
  "no-way-to-reach",
  "too-many-segments",
  "address-unknown",
  "carrier-unreachable",
  "carrier-busy",
  "carrier-login",
  "connection-lost",
  "refused",
  "phone-undeliverable",
  "phone-expired",
  "phone-rejected",
  "phone-deleted",
])("an SMS that failed with %s says why", (reason) => {
  const made = words({ ben: sms("failed", { reason }) });
  expect(made.failed).toBe(true);
  expect(made.words).toMatch(/^Not delivered: [a-z].*\.$/);
  expect(made.words).not.toContain("the other side did not take it");
  expect(made.words).not.toContain("address");
});

test("a time that stands beside the words is not said twice", () => {
  expect(words({ ben: was("delivered") }, { beside: AT + 20_000 }).words).toBe("Delivered");
  expect(words({ ben: was("delivered") }, { beside: AT + 60_000 }).words).toBe("Delivered 09:14");
});

describe("delivery in words, to several", () => {
  test("a failure names who misses it", () => {
    const made = words({ ben: was("delivered"), "mailto:nora@example.org": was("failed", { channel: "email", reason: "address-unknown" }) });
    expect(made).toEqual({ words: "Not delivered to Nora: the address does not exist.", failed: true });
  });

  test("readers by name, then by number, then everyone", () => {
    const all = { ben: was("delivered"), cleo: was("delivered"), dan: was("delivered") };
    const read = (...ids: string[]) => words(all, { thread: { people: [], receipts: Object.fromEntries(ids.map((id) => [id, ID])) } }).words;
    expect(read("ben")).toBe("Read by Ben");
    expect(read("ben", "cleo")).toBe("Read by Ben and Cleo");
    expect(read("ben", "cleo", "dan")).toBe("Read by everyone");
  });

  test("two channels are told apart", () => {
    expect(words({ ben: was("delivered"), "mailto:nora@example.org": was("sent", { channel: "email" }) }).words).toBe("Delivered to 1, sent as e-mail to 1");
    expect(words({ ben: was("delivered"), cleo: was("delivered") }).words).toBe("Delivered to everyone");
    expect(words({ ben: was("sending"), cleo: was("delivered") }).words).toBe("Sent to 1 of 2");
  });

  test("a late one is named with its next try", () => {
    const late = was("sending", { channel: "email", attempts: 1, retryAt: AT, reason: "relay-unreachable" });
    expect(words({ ben: was("delivered"), "mailto:nora@example.org": late }).words).toBe(
      "Nora: not delivered yet: the mail server does not answer. Next try 09:14",
    );
  });
});

test("in the details the name stands above the words", () => {
  const read = context({ thread: { people: [], receipts: { ben: ID } } });
  expect(recipientWords("ben", was("delivered"), { id: ID }, read)).toBe("Read");
  expect(recipientWords("cleo", was("delivered"), { id: ID }, read)).toBe("Delivered 09:14");
});
