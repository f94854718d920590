import { afterEach, beforeEach, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { DemoPhonesService } from "@/server/api/services";
import { DEMO_PHONES } from "@/server/sms-network";
import type { Device } from "@/testkit/client";
import { bootWorld, type World } from "@/testkit/world";

const [{ number: NORA }, { number: TOM }, , { number: ANNS }] = DEMO_PHONES;
const MINE = "nora";
let world: World;
let ann: Device;
let nora: Device;
let ours: string;
const phones = (): DemoPhonesService => world.phones as DemoPhonesService;
beforeEach(async () => {
  world = await bootWorld({ people: ["ann", MINE, "ben"], sms: "demo" });
  [ann, nora] = [await world.device("ann"), await world.device(MINE)];
  [ours = ""] = await phones().numbers();
});
afterEach(() => world.close());

let clients = 0;
const start = async (device: Device, ...people: string[]) =>
  (await device.mutate<{ thread: Thread }>("thread.start", { people, maker: `start-link-${clients++}` })).thread;
const send = (device: Device, { id }: Thread, text: string) => device.mutate("message.send", { threadId: id, text, clientId: `client-link-${clients++}` });
const messages = async (device: Device, { id }: Thread) =>
  (await device.query<{ messages: Message[] }>("thread.messages", { threadId: id, limit: 50 })).messages;
const threads = async (device: Device, folder = "messages") => (await device.query<{ threads: Thread[] }>("thread.list", { folder, limit: 10 })).threads;
const within = (check: () => Promise<unknown>) => expect.poll(check, { timeout: 10_000, interval: 50 });
const text = (phone: string, words: string, to = ours) => phones().write({ phone, to, text: words });
const newest = async (phone: string) => (await phones().texts(phone)).at(-1);
const linked = async (device: Device) => (await device.query<{ phones: { number: string; linkedAt?: number }[] }>("account.phones")).phones;
const fails = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });

/** The code on the screen of a phone, once there is one that was not there before. */
async function codeOn(phone: string, before?: string): Promise<string> {
  const code = async () => {
    const found = /\d[\d ]{5,}(?= is your)|(?<=code: )[\d ]+\d/.exec((await newest(phone))?.text ?? "")?.[0];
    return found === before ? undefined : found;
  };
  await within(code).toBeDefined();
  return (await code()) as string;
}

async function link(device: Device, phone: string): Promise<void> {
  await device.mutate("account.claimPhone", { phone });
  await device.mutate("account.confirmPhone", { code: await codeOn(phone) });
}

test("a code by SMS links a phone; what it texts by name is its person's message, in the one thread with chat and mail", async () => {
  const thread = await start(nora, "ann");
  await send(nora, thread, "By chat");
  await nora.mutate("account.claimPhone", { phone: "+1 (202) 555-0143" });
  expect(await linked(nora)).toEqual([{ number: NORA }]);
  await nora.mutate("account.confirmPhone", { code: await codeOn(NORA) });
  expect(await linked(nora)).toEqual([{ number: NORA, linkedAt: expect.any(Number) }]);

  await text(NORA, "@ann By SMS");
  for (const device of [ann, nora])
    await within(() => messages(device, thread)).toMatchObject([
      { text: "By chat", channel: "chat" },
      { text: "By SMS", channel: "sms", from: await world.idOf(MINE), sms: { to: ours, segments: 1 } },
    ]);
  await within(async () => Object.values((await messages(nora, thread)).at(-1)?.delivery ?? {})).toMatchObject([{ state: "delivered", channel: "chat" }]);
  await text(NORA, "And on, without a name");
  await within(async () => (await messages(ann, thread)).at(-1)?.text).toBe("And on, without a name");
  expect((await threads(ann)).map(({ id }) => id)).toEqual([thread.id]);
});

test("F brings a code that links the phone to whoever enters it; on a linked phone it is an answer where there is a conversation", async () => {
  await text(NORA, "f");
  await nora.mutate("account.confirmPhone", { code: await codeOn(NORA) });
  expect(await linked(nora)).toMatchObject([{ number: NORA, linkedAt: expect.any(Number) }]);
  const thread = await start(ann, MINE);
  await text(NORA, "@ann Which one?");
  await text(NORA, "F");
  await within(async () => (await messages(ann, thread)).map((one) => one.text)).toEqual(["Which one?", "F"]);
});

test("a phone that said STOP gets no code by either way, and Settings say why", async () => {
  await text(NORA, "STOP");
  await within(() => newest(NORA)).toMatchObject({ direction: "to-phone", text: /no more messages/ });
  await fails(nora.mutate("account.claimPhone", { phone: NORA }), "phone/stopped");
  await text(NORA, "F");
  await world.settle();
  expect((await phones().texts(NORA)).filter(({ direction }) => direction === "to-phone")).toHaveLength(1);
  expect(await linked(nora)).toEqual([]);
  await text(NORA, "START");
  await within(() => newest(NORA)).toMatchObject({ text: /again/ });
  await link(nora, NORA);
});

test("a group: the number on the phone says which, everybody has what its person texts, and who is outside gets it too", async () => {
  const ben = await world.device("ben");
  const before = await start(ann, "ben", NORA, TOM);
  await send(ann, before, "Who brings bread?");
  await within(async () => (await newest(NORA))?.text).toBe("Ann Test: Who brings bread?");
  const { other } = (await newest(NORA)) as { other: string };
  await link(nora, NORA);
  await text(NORA, "I do", other);
  const group = await start(ann, "ben", MINE, TOM);
  for (const device of [ann, ben, nora])
    await within(async () => (await messages(device, group)).at(-1)).toMatchObject({ text: "I do", channel: "sms", from: await world.idOf(MINE) });
  await within(async () => (await newest(TOM))?.text).toBe("Nora Test: I do");
  await text(NORA, "With butter", other);
  await within(async () => (await messages(ben, group)).map((one) => one.text)).toEqual(["I do", "With butter"]);
});

test("an answer to what was sent to the phone before it was linked goes to the person's conversation, and so does what follows", async () => {
  const old = await start(ann, NORA);
  await send(ann, old, "Are you Nora?");
  await within(async () => (await newest(NORA))?.text).toBe("Ann Test: Are you Nora?");
  const { other } = (await newest(NORA)) as { other: string };
  await text(NORA, "Yes, from outside", other);
  await within(async () => (await messages(ann, old)).at(-1)?.text).toBe("Yes, from outside");
  await link(nora, NORA);
  await text(NORA, "Now as myself", other);
  await text(NORA, "Twice", other);
  const thread = await start(ann, MINE);
  await within(async () => (await messages(ann, thread)).map((one) => one.text)).toEqual(["Now as myself", "Twice"]);
  expect((await messages(ann, old)).at(-1)?.text).toBe("Yes, from outside");
});

test("a phone goes to who proves it; the one before is told and texts no more as herself", async () => {
  await link(ann, NORA);
  const first = await codeOn(NORA);
  await nora.mutate("account.claimPhone", { phone: NORA });
  await nora.mutate("account.confirmPhone", { code: await codeOn(NORA, first) });
  expect([await linked(ann), await linked(nora)]).toMatchObject([[], [{ number: NORA }]]);
  expect(await threads(ann)).toMatchObject([{ names: { "mailto:braid@braid.test": "Braid" }, unread: 1, last: { snippet: /\+1 202 555 0143 was linked/ } }]);
  await text(NORA, "@ben Hello");
  const ben = await world.device("ben");
  await within(async () => (await threads(ben))[0]?.people).toEqual([await world.idOf("ben"), await world.idOf(MINE)].sort());
});

test("an unlinked phone is somebody outside again", async () => {
  await link(nora, NORA);
  await text(NORA, "@ann Hello");
  const thread = await start(ann, MINE);
  await within(async () => (await messages(ann, thread)).length).toBe(1);
  await nora.mutate("account.removePhone", { phone: NORA });
  await text(NORA, "Still me?");
  await within(async () => (await newest(NORA))?.text).toMatch(/This is Braid/);
  await text(NORA, "@ann It is me");
  await within(async () => (await threads(ann, "other"))[0]?.people).toContain(`tel:${NORA}`);
  expect(await messages(ann, thread)).toHaveLength(1);
});

test("what was begun in a browser, and what was not read there, stays when its person texts", async () => {
  await link(nora, NORA);
  const thread = await start(ann, MINE);
  await send(ann, thread, "Unread");
  await within(async () => (await threads(nora))[0]?.unread).toBe(1);
  await nora.mutate("thread.saveDraft", { threadId: thread.id, text: "Half a", maker: "draft-link-1" });
  await text(NORA, "@ann From the phone");
  await within(async () => (await threads(nora))[0]).toMatchObject({ unread: 1, draft: { text: "Half a" }, last: { snippet: "From the phone" } });
});

test("what is no number is refused, and a fourth code to one phone", async () => {
  await fails(nora.mutate("account.claimPhone", { phone: "202 555" }), "address/invalid");
  for (let i = 0; i < 3; i++) await nora.mutate("account.claimPhone", { phone: ANNS });
  await fails(nora.mutate("account.claimPhone", { phone: ANNS }), "request/too-many");
});
