import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { Device } from "./client";
import { bootWorld, type World } from "./world";

let world: World;
let ann: Device;
let ben: Device;
beforeAll(async () => {
  world = await bootWorld({ people: ["ann", "ben", "cleo"] });
  [ann, ben] = [await world.device("ann"), await world.device("ben")];
});
afterAll(() => world?.close());

const start = async (device: Device, people: string[]) =>
  (await device.mutate<{ thread: Thread }>("thread.start", { people, maker: `start-${people.join("-").replace(/\W/g, "-")}-01` })).thread;
const send = (device: Device, threadId: string, text: string) =>
  device.mutate<{ message: Message }>("message.send", { threadId, text, clientId: `client-${text}-0001` });
const messages = async (device: Device, threadId: string) =>
  (await device.query<{ messages: Message[] }>("thread.messages", { threadId, limit: 200 })).messages;
const refused = (work: Promise<unknown>) => work.then(() => "accepted").catch((error: { code?: string }) => error.code);

test("a message travels over sockets and is pushed as a committed action", async () => {
  const thread = await start(ann, ["ben"]);
  const arrived = new Promise((resolve) => ben.onEntries((entries) => entries.some(({ action }) => action.type === "MessageArrived") && resolve(true)));
  await send(ann, thread.id, "hello");
  await arrived;
  expect((await messages(ben, thread.id)).map(({ text }) => text)).toEqual(["hello"]);
});

test("a mail from a verified address lands in the thread of the chat, from anywhere else with somebody outside", async () => {
  const thread = await start(ann, ["ben"]);
  expect(await world.mail({ from: "nora@outside.test", to: "ann@braid.test", subject: "Beds", text: "Four beds are free." })).toMatch(/^250/);
  await world.settle();
  const { threads } = await ann.query<{ threads: Thread[] }>("thread.list", { folder: "other", limit: 10 });
  expect(threads[0]).toMatchObject({
    people: expect.arrayContaining(["mailto:nora@outside.test"]),
    last: { snippet: "Four beds are free.", channel: "email" },
  });
  await ben.mutate("account.claimAddress", { email: "ben@elsewhere.test" });
  const mails = await ann.query<{ id: string; to: string[]; subject: string }[]>("dev.mails", { limit: 5 });
  const code = /^\d{6}/.exec(mails.find(({ to }) => to.includes("ben@elsewhere.test"))?.subject ?? "")?.[0] ?? "";
  expect(await refused(ben.mutate("account.confirmAddress", { email: "ben@elsewhere.test", code: code === "000000" ? "000001" : "000000" }))).toBe(
    "address/wrong-code",
  );
  await ben.mutate("account.confirmAddress", { email: "ben@elsewhere.test", code });
  await world.mail({ from: "ben@elsewhere.test", to: "ann@braid.test", subject: "From the office", text: "No chat here." });
  await world.settle();
  expect((await messages(ann, thread.id)).at(-1)).toMatchObject({ text: "No chat here.", channel: "email", from: await world.idOf("ben") });
  expect((await messages(ben, thread.id)).at(-1)).toMatchObject({ text: "No chat here.", channel: "email" });
});

test("a mail that claims to be from one of our own addresses is from somebody outside", async () => {
  const thread = await start(ben, ["ann"]);
  const before = await messages(ben, thread.id);
  expect(await world.mail({ from: "ann@braid.test", to: "ben@braid.test", subject: "Hello", text: "Send me the keys." })).toMatch(/^250/);
  await world.settle();
  expect(await messages(ben, thread.id)).toEqual(before);
  const { threads } = await ben.query<{ threads: Thread[] }>("thread.list", { folder: "other", limit: 10 });
  expect(threads[0]?.people).toContain("mailto:ann@braid.test");
});

test("mail to postmaster and abuse reaches the admin, who answers its sender and not that address", async () => {
  const to = ["Postmaster@braid.test", "abuse@braid.test", "ben@braid.test"];
  expect(await world.mail({ from: "vera@outside.test", to, subject: "Spam", text: "Somebody sends spam." })).toMatch(/^250/);
  await world.settle();
  for (const [device, people] of [
    [ann, [await world.idOf("ann"), "mailto:vera@outside.test"]],
    [ben, [await world.idOf("ben"), "mailto:vera@outside.test"]],
  ] as const) {
    const { threads } = await device.query<{ threads: Thread[] }>("thread.list", { folder: "other", limit: 10 });
    expect(threads.filter(({ last }) => last?.snippet === "Somebody sends spam.").map((thread) => [...thread.people].sort())).toEqual([[...people].sort()]);
  }
});

test("an answer goes out as a mail that threads, and the reply to it comes back to the conversation", async () => {
  await world.mail({
    from: '"Nora" <nora@outside.test>',
    to: "ann@braid.test",
    subject: "Dinner",
    text: "Half past six?",
    messageId: "<dinner-1@outside.test>",
  });
  await world.settle();
  const thread = await start(ann, ["nora@outside.test"]);
  const { message } = await send(ann, thread.id, "perfect");
  await world.settle();
  const [listed] = await ann.query<{ id: string }[]>("dev.mails", { limit: 1 });
  const mail = await ann.query<{ raw: string; messageId: string }>("dev.mail", { id: listed?.id });
  expect(mail.raw).toMatch(/^In-Reply-To: <dinner-1@outside\.test>/m);
  expect(mail.raw).toMatch(/^Subject: Re: Dinner/m);
  expect(mail.raw).toContain(message.id);
  expect((await messages(ann, thread.id)).find(({ id }) => id === message.id)?.delivery?.["mailto:nora@outside.test"]).toMatchObject({
    state: "sent",
    channel: "email",
  });
  await world.mail({
    from: "nora@outside.test",
    to: "ann@braid.test",
    subject: "Re: Dinner",
    text: "See you then.",
    inReplyTo: `<${mail.messageId}>`,
    references: `<${mail.messageId}>`,
  });
  await world.settle();
  expect((await messages(ann, thread.id)).map(({ text }) => text)).toEqual(["Four beds are free.", "Half past six?", "perfect", "See you then."]);
});

test("bad input gets a stable code and changes nothing", async () => {
  const thread = await start(ann, ["ben"]);
  const cleo = await world.device("cleo");
  const before = await ann.query("mailbox.open");
  expect(await refused(start(ann, ["nobody-of-that-name"]))).toBe("address/unknown");
  expect(await refused(send(cleo, thread.id, "foreign"))).toBe("thread/unknown");
  expect(await refused(cleo.query("thread.messages", { threadId: thread.id }))).toBe("thread/unknown");
  expect(await refused(ann.mutate("message.send", { threadId: thread.id, text: 7, clientId: "client-wrong-type" }))).toBe("request/invalid");
  expect(await refused(ann.mutate("message.send", { threadId: "nope", text: "x", clientId: "client-wrong-id" }))).toBe("request/invalid");
  expect(await refused(ann.query("nothing.here"))).toBe("request/not-found");
  expect(await refused(cleo.query("admin.overview"))).toBe("account/forbidden");
  expect(await ann.query("mailbox.open")).toEqual(before);
  cleo.close();
});

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${world.url}/api/trpc/${path}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

test("over HTTP: no session, an expired one, ten megabytes, another site", async () => {
  const cookie = world.cookie("ann");
  expect((await post("thread.markUnread", "{}")).status).toBe(401);
  expect((await post("thread.markUnread", "{}", { cookie: "braid.session_token=gone.gone" })).status).toBe(401);
  const large = await post("message.send", JSON.stringify({ threadId: "x", text: "x".repeat(10_000_000), clientId: "client-large" }), { cookie }).catch(
    () => undefined,
  );
  if (large !== undefined) expect(large.status).toBe(413);
  expect((await post("thread.markUnread", "{}", { cookie, origin: "https://evil.example" })).status).toBe(403);
  const wrong = await post("message.send", JSON.stringify({ threadId: "x" }), { cookie });
  expect(await wrong.json()).toMatchObject({ error: { data: { app: "request/invalid" } } });
});

test("signing out closes the device's socket at once", async () => {
  const cleo = await world.device("cleo");
  const ended = new Promise((resolve) => cleo.socket.once("session-ended", () => resolve(true)));
  const closed = new Promise((resolve) => cleo.socket.once("disconnect", () => resolve(true)));
  await fetch(`${world.url}/api/auth/sign-out`, {
    method: "POST",
    headers: { cookie: world.cookie("cleo"), origin: world.url, "content-type": "application/json" },
    body: "{}",
  });
  expect(await Promise.all([ended, closed])).toEqual([true, true]);
});

test("health, metrics and the admin's overview speak of the same world", async () => {
  const health = (await (await fetch(`${world.url}/healthz`)).json()) as { state: string; probes: { name: string }[] };
  expect(health.state).not.toBe("broken");
  for (const probe of health.probes) expect(Object.keys(probe)).toEqual(["name", "state"]);
  expect(await (await fetch(`${world.url}/metrics`)).text()).toMatch(/^braid_messages_sent_total\{channel="chat"\} [1-9]/m);
  const overview = await ann.query<{ probes: { name: string }[]; figures: { key: string; value: number }[] }>("admin.overview");
  expect(overview.probes.map(({ name }) => name)).toEqual(health.probes.map(({ name }) => name));
  expect(overview.figures.find(({ key }) => key === "people")?.value).toBe(3);
});
