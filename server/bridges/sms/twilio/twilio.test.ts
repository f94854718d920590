import { afterEach, beforeEach, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { Device } from "@/testkit/client";
import { FakeTwilio } from "@/testkit/twilio/fake-twilio";
import { bootWorld, type World } from "@/testkit/world";

const [NORA, TOM, OURS] = ["+12025550143", "+447700900123", "+12025550101"];
let world: World;
let twilio: FakeTwilio;
let ann: Device;
beforeEach(async () => {
  twilio = await FakeTwilio.start();
  const prices = new Map([["+", { micros: 7_900, currency: "USD" }]]);
  world = await bootWorld({
    people: ["ann"],
    sms: { carriers: [{ kind: "twilio", name: "fake", account: twilio.account, numbers: [OURS], prices }] },
  });
  ann = await world.device("ann");
});
afterEach(async () => {
  await world.close();
  await twilio.close();
});

let clients = 0;
const start = async (...people: string[]) => (await ann.mutate<{ thread: Thread }>("thread.start", { people, maker: `start-twilio-${clients++}` })).thread;
const send = (thread: Thread, text: string) => ann.mutate("message.send", { threadId: thread.id, text, clientId: `client-twilio-${clients++}` });
const messages = async ({ id }: Thread) => (await ann.query<{ messages: Message[] }>("thread.messages", { threadId: id, limit: 50 })).messages;
const last = async (thread: Thread) => (await messages(thread)).at(-1);
const outcome = async (thread: Thread, phone: string) => (await last(thread))?.delivery?.[`tel:${phone}`];
const within = (check: () => Promise<unknown>) => expect.poll(check, { timeout: 20_000, interval: 50 });
const hook = (about = "message") => `${world.url}/api/sms/fake/${about}`;
const written = async (thread: Thread) => (await messages(thread)).filter(({ from }) => from.startsWith("tel:")).map(({ text }) => text);

test("a message goes out whole and is delivered, and what is answered comes back into the conversation", async () => {
  const thread = await start(NORA);
  const long = "The path is open again — ".repeat(10);
  await send(thread, long);
  await within(() => outcome(thread, NORA)).toMatchObject({
    ...{ state: "delivered", channel: "sms", reason: "confirmed-by-phone", receipt: true },
    sms: { from: OURS, segments: 4, encoding: "ucs2", carrier: "fake", cost: { micros: 31_600, currency: "USD" } },
  });
  expect(twilio.messages).toMatchObject([{ from: OURS, to: NORA, text: `Ann Test: ${long}` }]);
  const answer = await twilio.write(hook(), { from: NORA, to: OURS, text: "Grüße 😀" });
  expect([answer.status, await answer.text()]).toEqual([200, '<?xml version="1.0" encoding="UTF-8"?><Response></Response>']);
  await within(() => last(thread)).toMatchObject({ channel: "sms", from: `tel:${NORA}`, text: "Grüße 😀", sms: { to: OURS, segments: 1 } });
});

test("a webhook that comes again is no second message, also at the same time; the same words with another id are", async () => {
  const thread = await start(NORA);
  await send(thread, "Hello");
  await within(async () => twilio.messages.length).toBe(1);
  const one = { from: NORA, to: OURS, text: "ok", sid: twilio.nextSid() };
  const answers = await Promise.all([1, 2, 3].map(() => twilio.write(hook(), one)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await world.settle();
  expect((await twilio.write(hook(), one)).status).toBe(200);
  await twilio.write(hook(), { ...one, sid: twilio.nextSid() });
  await within(async () => (await written(thread)).length).toBe(2);
  await twilio.write(hook(), { ...one, text: "not even with other words" });
  await world.settle();
  expect(await written(thread)).toEqual(["ok", "ok"]);
});

test("what is not signed by the carrier is refused without a word, and says nothing to anybody", async () => {
  const thread = await start(NORA);
  await send(thread, "Hello");
  await within(async () => twilio.messages.length).toBe(1);
  const fields = { MessageSid: twilio.nextSid(), From: NORA, To: OURS, Body: "I am not Nora" };
  for (const forged of ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="]) {
    const answer = await twilio.call(hook(), fields, forged);
    expect([answer.status, await answer.text()]).toEqual([403, ""]);
  }
  const elsewhere = await fetch(hook("status"), { method: "POST", body: new URLSearchParams({ MessageStatus: "failed" }) });
  expect(elsewhere.status).toBe(403);
  expect((await twilio.call(`${world.url}/api/sms/other/message`, fields)).status).toBe(404);
  expect((await fetch(hook())).status).toBe(405);
  expect((await twilio.call(hook(), { ...fields, Body: "x".repeat(70_000) })).status).toBe(413);
  await world.settle();
  expect(await written(thread)).toEqual([]);
});

test("who said STOP to the carrier is not tried again, and a number that is none is said to be", async () => {
  twilio.behave(NORA, { answer: { status: 400, body: { code: 21610, message: "Attempt to send to unsubscribed recipient", status: 400 } } });
  twilio.behave(TOM, { answer: { status: 400, body: { code: 21211, message: "The 'To' number is not a valid phone number.", status: 400 } } });
  const [nora, tom] = [await start(NORA), await start(TOM)];
  await send(nora, "Still there?");
  await send(tom, "Still there?");
  await within(() => outcome(nora, NORA)).toMatchObject({ state: "failed", reason: "asked-to-stop", attempts: 1, detail: /error 21610/ });
  await within(() => outcome(tom, TOM)).toMatchObject({ state: "failed", reason: "address-unknown", attempts: 1 });
  expect(twilio.calls.get(NORA)).toBe(1);
});

test("statuses may come before the answer and in any order: the furthest counts, and a failure comes with its code", async () => {
  twilio.behave(NORA, { early: true, statuses: ["delivered", "sent", "queued"] });
  twilio.behave(TOM, { statuses: ["sent", "undelivered:30003", "queued", "delivered"] });
  const [nora, tom] = [await start(NORA), await start(TOM)];
  await send(nora, "One");
  await send(tom, "Two");
  await within(() => outcome(nora, NORA)).toMatchObject({ state: "delivered", reason: "confirmed-by-phone" });
  await within(() => outcome(tom, TOM)).toMatchObject({ state: "failed", reason: "phone-undeliverable", detail: "fake (error 30003)" });
});

test("the carrier's own STOP word counts and is not answered twice", async () => {
  const thread = await start(NORA);
  await send(thread, "Hello");
  await within(async () => twilio.messages.length).toBe(1);
  await twilio.call(hook(), { MessageSid: twilio.nextSid(), From: NORA, To: OURS, Body: "genug", OptOutType: "STOP" });
  await world.settle();
  await send(thread, "Why?");
  await within(() => outcome(thread, NORA)).toMatchObject({ state: "failed", reason: "asked-to-stop" });
  expect(twilio.messages.length).toBe(1);
});

test("a phone that asks without end is answered six times an hour, and STOP counts all the same; machines are not answered at all", async () => {
  for (let texts = 0; texts < 8; texts++) await twilio.write(hook(), { from: NORA, to: OURS, text: "HELP" });
  for (const from of ["74000", "BANK", "+449098790000"]) await twilio.write(hook(), { from, to: OURS, text: "HELP" });
  await twilio.write(hook(), { from: NORA, to: OURS, text: "STOP" });
  await world.settle();
  expect(twilio.messages.map(({ to }) => to)).toEqual(Array(6).fill(NORA));
  const thread = await start(NORA);
  await send(thread, "Hello");
  await within(() => outcome(thread, NORA)).toMatchObject({ state: "failed", reason: "asked-to-stop" });
});
