import { afterEach, beforeEach, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { DemoPhonesService } from "@/server/api/services";
import { DEMO_PHONES } from "@/server/sms-network";
import type { Device } from "@/testkit/client";
import { bootWorld, type World } from "@/testkit/world";

const [NORA, TOM] = DEMO_PHONES;
let world: World;
let ann: Device;
const phones = (): DemoPhonesService => world.phones as DemoPhonesService;
beforeEach(async () => {
  world = await bootWorld({ people: ["ann", "ben"], sms: "demo" });
  ann = await world.device("ann");
});
afterEach(() => world.close());

let clients = 0;
const start = async (device: Device, ...people: string[]) =>
  (await device.mutate<{ thread: Thread }>("thread.start", { people, maker: `start-sms-${clients++}` })).thread;
const send = async (device: Device, { id }: Thread, text: string) =>
  (await device.mutate<{ message: Message }>("message.send", { threadId: id, text, clientId: `client-sms-${clients++}` })).message;
const messages = async (device: Device, { id }: Thread) =>
  (await device.query<{ messages: Message[] }>("thread.messages", { threadId: id, limit: 50 })).messages;
const last = async (device: Device, thread: Thread) => (await messages(device, thread)).at(-1);
const within = (check: () => Promise<unknown>) => expect.poll(check, { timeout: 10_000, interval: 50 });

test("a message goes to a phone in segments, comes back as one conversation, and its receipt is on it", async () => {
  const thread = await start(ann, "+1 (202) 555-0143");
  const long = "The path is open again — ".repeat(10);
  await send(ann, thread, long);
  await within(() => phones().texts(NORA.number)).toMatchObject([{ direction: "to-phone", text: `Ann Test: ${long}`, segments: 4 }]);
  const to = `tel:${NORA.number}`;
  await within(async () => (await last(ann, thread))?.delivery?.[to]).toMatchObject({
    ...{ state: "delivered", channel: "sms", reason: "confirmed-by-phone", receipt: true },
    sms: { segments: 4, encoding: "ucs2", carrier: "demo", cost: { micros: 30_000, currency: "USD" } },
  });
  const [{ other } = { other: "" }] = await phones().texts(NORA.number);
  await phones().write({ phone: NORA.number, to: other, text: `Grüße, ${"wir kommen ".repeat(20)}😀` });
  await within(() => last(ann, thread)).toMatchObject({
    channel: "sms",
    from: to,
    text: `Grüße, ${"wir kommen ".repeat(20)}😀`,
    sms: { to: other, segments: 4 },
  });
});

test("two conversations with one phone have numbers of their own, and each answer finds its own", async () => {
  const ben = await world.device("ben");
  const [one, two] = [await start(ann, NORA.number), await start(ben, NORA.number)];
  await send(ann, one, "From Ann");
  await send(ben, two, "From Ben");
  await within(async () => (await phones().texts(NORA.number)).length).toBe(2);
  const texts = await phones().texts(NORA.number);
  expect(new Set(texts.map(({ other }) => other)).size).toBe(2);
  for (const { other, text } of texts) await phones().write({ phone: NORA.number, to: other, text: `Answer to: ${text}` });
  await within(() => last(ann, one)).toMatchObject({ text: "Answer to: Ann Test: From Ann" });
  await within(() => last(ben, two)).toMatchObject({ text: "Answer to: Ben Test: From Ben" });
});

test("a group with a phone in it: everybody inside has what it answers, and it sees who writes", async () => {
  const ben = await world.device("ben");
  const thread = await start(ann, "ben", NORA.number);
  await send(ann, thread, "Who brings bread?");
  await within(() => phones().texts(NORA.number)).toMatchObject([{ text: "Ann Test: Who brings bread?" }]);
  await send(ben, thread, "Not me");
  await within(() => phones().texts(NORA.number)).toMatchObject([{}, { text: "Ben Test: Not me" }]);
  const [{ other } = { other: "" }] = await phones().texts(NORA.number);
  await phones().write({ phone: NORA.number, to: other, text: "I do" });
  for (const device of [ann, ben]) await within(() => last(device, thread)).toMatchObject({ text: "I do", channel: "sms" });
});

test("what does not arrive is said, with the reason", async () => {
  await phones().behave(TOM.number, { outcome: "undeliverable", delayMs: 0 });
  const thread = await start(ann, TOM.number);
  await send(ann, thread, "Hello?");
  await within(async () => (await last(ann, thread))?.delivery?.[`tel:${TOM.number}`]).toMatchObject({ state: "failed", reason: "phone-undeliverable" });
});

test("STOP counts at once and is confirmed, START ends it, HELP helps", async () => {
  const thread = await start(ann, NORA.number);
  await send(ann, thread, "Hello");
  await within(async () => (await phones().texts(NORA.number)).length).toBe(1);
  const [{ other } = { other: "" }] = await phones().texts(NORA.number);
  const newest = async () => (await phones().texts(NORA.number)).at(-1);
  await phones().write({ phone: NORA.number, to: other, text: "Arrêt." });
  await within(newest).toMatchObject({ direction: "to-phone", text: /no more messages/ });
  await send(ann, thread, "Still there?");
  await within(async () => (await last(ann, thread))?.delivery?.[`tel:${NORA.number}`]).toMatchObject({ state: "failed", reason: "asked-to-stop" });
  await phones().write({ phone: NORA.number, to: other, text: "START" });
  await within(newest).toMatchObject({ text: /again/ });
  await send(ann, thread, "Welcome back");
  await within(newest).toMatchObject({ text: "Welcome back" });
  await phones().write({ phone: NORA.number, to: other, text: "Yes" });
  await within(() => last(ann, thread)).toMatchObject({ text: "Yes", channel: "sms" });
});

test("a stranger begins a conversation by name, and is helped when it is to nobody", async () => {
  const [ours] = (await phones().numbers()) as [string];
  await phones().write({ phone: TOM.number, to: ours, text: "@ann Is there a bed left?" });
  const threads = () => ann.query<{ threads: Thread[] }>("thread.list", { folder: "other", limit: 10 });
  await within(async () => (await threads()).threads).toMatchObject([
    { people: expect.arrayContaining([`tel:${TOM.number}`]), last: { snippet: "Is there a bed left?" } },
  ]);
  await phones().write({ phone: NORA.number, to: ours, text: "hello?" });
  await within(async () => (await phones().texts(NORA.number)).at(-1)).toMatchObject({ direction: "to-phone", text: /This is Braid/ });
});
