import { afterEach, beforeEach, expect, test } from "vitest";
import type { Delivery, Message } from "@/domain/message";
import { USUAL_WISHES } from "@/domain/texting";
import type { Thread } from "@/domain/thread";
import { DEMO_PHONES } from "@/server/sms-network";
import type { Device } from "@/testkit/client";
import { JumpingTime, type JumpingTime as Time } from "@/testkit/clock";
import { bootWorld, type World } from "@/testkit/world";

const [NORA] = DEMO_PHONES;
const PHONE = `tel:${NORA.number}`;
const NOON = Date.parse("2026-11-25T12:00:00Z");
const SECOND = 1_000;
let world: World;
let time: Time;
let ann: Device;
let ben: string;
beforeEach(async () => {
  time = new JumpingTime(NOON);
  world = await bootWorld({ people: ["ann", "ben", "cleo"], sms: "demo", clock: time.clock, timers: time });
  ann = await world.device("ann");
  ben = await world.idOf("ben");
  await world.link("ben", NORA.number);
});
afterEach(() => world.close());

let clients = 0;
const start = async (device: Device, ...people: string[]) =>
  (await device.mutate<{ thread: Thread }>("thread.start", { people, maker: `start-copy-${clients++}` })).thread;
const send = async (device: Device, { id }: Thread, text: string) =>
  (await device.mutate<{ message: Message }>("message.send", { threadId: id, text, clientId: `client-copy-${clients++}` })).message;
const inMailbox = (user: string, { id, threadId }: Message) => world.server.messaging.mailboxes.read(user, (view) => view.message(threadId, id));
const copyOf = async (message: Message): Promise<Delivery | undefined> => (await inMailbox(ben, message))?.delivery?.[PHONE];
const heardOf = async (message: Message) => (await inMailbox(message.from, message))?.delivery?.[ben];
const texts = async () => ((await world.phones?.texts(NORA.number)) ?? []).filter(({ direction }) => direction === "to-phone").map(({ text }) => text);
const within = (check: () => Promise<unknown>) => expect.poll(check, { timeout: 10_000, interval: 50 });
/** A device that goes is missed only after a moment. */
const hasLeft = async (): Promise<void> => {
  await within(async () => world.server.realtime.connected).toBe(1);
  time.jump(10 * SECOND);
};
const wish = async (change: Partial<typeof USUAL_WISHES>) => world.server.people.texts.save(ben, { ...USUAL_WISHES, ...change });

test("a message to somebody who is away comes to the phone, both sides see why, and the phone's answer is theirs", async () => {
  const thread = await start(ann, "ben");
  const message = await send(ann, thread, "The ferry leaves at six");
  await within(texts).toEqual(["Ann Test: The ferry leaves at six"]);
  await within(() => copyOf(message)).toMatchObject({ state: "sent", copy: "was-offline", sms: { segments: 1, cost: { micros: 7_500, currency: "USD" } } });
  time.jump(2 * SECOND);
  await within(() => copyOf(message)).toMatchObject({ state: "delivered", reason: "confirmed-by-phone", copy: "was-offline" });
  await within(() => heardOf(message)).toMatchObject({ state: "delivered", channel: "chat", copied: { state: "delivered", reason: "was-offline" } });
  expect(JSON.stringify(await heardOf(message))).not.toContain(NORA.number);
  const [{ other } = { other: "" }] = (await world.phones?.texts(NORA.number)) ?? [];
  await world.phones?.write({ phone: NORA.number, to: other, text: "I am on it" });
  const last = async () => (await ann.query<{ messages: Message[] }>("thread.messages", { threadId: thread.id, limit: 5 })).messages.at(-1);
  await within(last).toMatchObject({ text: "I am on it", from: ben });
});

test("who looks at Braid gets none, and who has left unread what came gets it then", async () => {
  const device = await world.device("ben");
  const thread = await start(ann, "ben");
  const [seen] = [await send(ann, thread, "Are you there?")];
  await within(() => copyOf(seen)).toMatchObject({ state: "sending", copy: "may-read-soon" });
  time.jump(120 * SECOND);
  await within(() => copyOf(seen)).toMatchObject({ state: "withheld", copy: "is-here" });
  const left = await send(ann, thread, "Or now?");
  await within(() => copyOf(left)).toMatchObject({ state: "sending", copy: "may-read-soon" });
  device.close();
  await hasLeft();
  time.jump(120 * SECOND);
  await within(texts).toEqual(["Ann Test: Or now?"]);
});

test("what is read meanwhile is not sent", async () => {
  const device = await world.device("ben");
  const thread = await start(ann, "ben");
  const message = await send(ann, thread, "Read this");
  await within(() => copyOf(message)).toMatchObject({ state: "sending" });
  await device.mutate("thread.read", { threadId: thread.id, upTo: message.id, maker: "read-copy-1" });
  device.close();
  await hasLeft();
  time.jump(120 * SECOND);
  await within(() => copyOf(message)).toMatchObject({ state: "withheld", copy: "read-meanwhile" });
  expect(await texts()).toEqual([]);
});

test("a burst goes as one text and one more, and the last of the day says so", async () => {
  await wish({ daily: 2 });
  const thread = await start(ann, "ben");
  const messages: Message[] = [await send(ann, thread, "One")];
  await within(texts).toEqual(["Ann Test: One"]);
  for (const text of ["Two", "Three", "Four"]) messages.push(await send(ann, thread, text));
  await within(() => copyOf(messages[3] as Message)).toMatchObject({ state: "sending", copy: "just-texted" });
  time.jump(121 * SECOND);
  await within(texts).toEqual(["Ann Test: One", "Two\nThree\nFour\n(Last text for today, the rest is in Braid.)"]);
  for (const joined of messages.slice(1, 3)) await within(() => copyOf(joined)).toMatchObject({ state: "withheld", copy: "joined" });
  time.jump(240 * SECOND);
  const more = await send(ann, thread, "Five");
  await within(() => copyOf(more)).toMatchObject({ state: "withheld", copy: "cap-reached" });
  time.jump(24 * 60 * 60 * SECOND);
  await send(ann, thread, "Six");
  await within(async () => (await texts()).at(-1)).toBe("Six");
});

test("at night it waits until the morning, and then all of it comes at once", async () => {
  await wish({ quiet: { from: 11 * 60, to: 13 * 60 } });
  const thread = await start(ann, "ben");
  const [first, second] = [await send(ann, thread, "Late news"), await send(ann, thread, "And more")];
  await within(() => copyOf(second)).toMatchObject({ state: "sending", copy: "quiet-hours", retryAt: NOON + 60 * 60 * SECOND });
  await within(() => copyOf(first)).toMatchObject({ copy: /quiet-hours|joined/ });
  time.jump(60 * 60 * SECOND);
  await within(texts).toEqual(["Ann Test: Late news\nAnd more"]);
  await within(() => copyOf(second)).toMatchObject({ state: "sent", copy: "after-quiet-hours" });
});

test("STOP from the phone ends copies, and START brings them back", async () => {
  const thread = await start(ann, "ben");
  await send(ann, thread, "One");
  await within(texts).toEqual(["Ann Test: One"]);
  const [{ other } = { other: "" }] = (await world.phones?.texts(NORA.number)) ?? [];
  await world.phones?.write({ phone: NORA.number, to: other, text: "STOP" });
  await within(async () => (await texts()).at(-1)).toMatch(/no more/);
  time.jump(121 * SECOND);
  const stopped = await send(ann, thread, "Two");
  await within(() => copyOf(stopped)).toMatchObject({ state: "withheld", copy: "asked-to-stop" });
  await world.phones?.write({ phone: NORA.number, to: other, text: "START" });
  await within(async () => (await texts()).at(-1)).toMatch(/again/);
  await send(ann, thread, "Three");
  await within(async () => (await texts()).at(-1)).toBe("Three");
});

test("groups, mails and muted conversations are not texted of unless they are asked for", async () => {
  const group = await start(ann, "ben", "cleo");
  const message = await send(ann, group, "To all");
  await world.settle();
  expect(await copyOf(message)).toBeUndefined();
  await wish({ kinds: { direct: true, group: true, email: true } });
  await send(ann, group, "To all again");
  await within(texts).toEqual(["Ann Test: To all again"]);
});
