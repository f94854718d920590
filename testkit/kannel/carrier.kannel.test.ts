import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import { SmppNetwork } from "@/server/bridges/sms/smpp-network";
import { readHeader, userDataHeader } from "@/server/bridges/sms/wire/header";
import { realTimers } from "@/server/platform/timers";
import type { Device } from "../client";
import { bootWorld, type World } from "../world";
import { until } from "./box";
import { carrierAt, KannelCarrier } from "./carrier";
import type { Arrived } from "./phone";

const NORA = "+12025550143";
const WITHIN = { timeout: 20_000, interval: 50 };
let kannel: KannelCarrier;
let world: World;
let ann: Device;
let thread: Thread;
let ours: string;
beforeAll(async () => {
  kannel = await KannelCarrier.start();
  world = await bootWorld({ people: ["ann"], sms: { carriers: [carrierAt(kannel.port)] } });
  ann = await world.device("ann");
  thread = (await ann.mutate<{ thread: Thread }>("thread.start", { people: [NORA], maker: "kannel-start" })).thread;
});
afterAll(async () => {
  await world?.close();
  await kannel?.close();
});

let sends = 0;
const send = async (text: string) =>
  (await ann.mutate<{ message: Message }>("message.send", { threadId: thread.id, text, clientId: `kannel-send-${sends++}` })).message.id;
const messages = async () => (await ann.query<{ messages: Message[] }>("thread.messages", { threadId: thread.id, limit: 50 })).messages;
const deliveryOf = async (id: string) => (await messages()).find((message) => message.id === id)?.delivery?.[`tel:${NORA}`];
const newest = async () => (await messages()).at(-1);

/** What arrived since, as a phone would show it: parts joined by their numbers, when all of them say the same message. */
async function shown(since: number, parts: number): Promise<string> {
  await until("all parts are on the phone", () => kannel.phones.arrived.length >= since + parts);
  const arrived = kannel.phones.arrived.slice(since);
  if (parts === 1) return (arrived[0] as Arrived).text;
  const places = arrived.map(({ header }) => readHeader(header ?? Buffer.of(0))?.concatenation);
  expect(new Set(places.map((place) => `${place?.reference} ${place?.total}`))).toEqual(new Set([`${places[0]?.reference} ${parts}`]));
  expect(places.map((place) => place?.number).sort()).toEqual(Array.from({ length: parts }, (_, i) => i + 1));
  const inOrder = arrived.map(({ text }, i) => ({ text, number: places[i]?.number ?? 0 })).sort((a, b) => a.number - b.number);
  return inOrder.map(({ text }) => text).join("");
}

const OUT: [string, string, number][] = [
  ["plain text with letters of the extension table", "Grüße aus dem Dorf: 5 € [or] {so} ~ ^ | \\", 1],
  ["an emoji and other alphabets", "Дорога открыта 😀 道は開いています", 1],
  ["five parts of plain text", "The path is open again, and we walk it at nine. ".repeat(14), 5],
  ["five parts with emoji", "Мы идём по дороге 😀. ".repeat(14), 5],
];

test.each(OUT)("out: %s; the receipt is on the message", async (_, text, parts) => {
  const since = kannel.phones.arrived.length;
  const id = await send(text);
  expect((await shown(since, parts)).replace("Ann Test: ", "")).toBe(text);
  ours = (kannel.phones.arrived[since] as Arrived).from;
  await expect
    .poll(() => deliveryOf(id), WITHIN)
    .toMatchObject({ state: "delivered", reason: "confirmed-by-phone", receipt: true, attempts: 1, sms: { segments: parts } });
});

test("in: plain text, and an emoji", async () => {
  await kannel.phones.text(NORA, ours, "Grüße zurück, 5 € [ja]");
  await expect.poll(newest, WITHIN).toMatchObject({ text: "Grüße zurück, 5 € [ja]", channel: "sms", from: `tel:${NORA}`, sms: { to: ours } });
  await kannel.phones.ucs2(NORA, ours, "Ура 😀 はい");
  await expect.poll(newest, WITHIN).toMatchObject({ text: "Ура 😀 はい", channel: "sms" });
});

test("in: five parts out of order, one of them twice, are one message", async () => {
  const before = (await messages()).length;
  const words = Array.from({ length: 5 }, (_, i) => `Part ${i + 1} of what Nora has to say, and it is long. `);
  for (const number of [3, 1, 5, 3, 2, 4]) {
    const header = userDataHeader({ concatenation: { reference: 77, total: 5, number } });
    await kannel.phones.part(NORA, ours, header, words[number - 1] as string);
  }
  await expect.poll(newest, WITHIN).toMatchObject({ text: words.join(""), channel: "sms", sms: { segments: 5 } });
  expect(await messages()).toHaveLength(before + 1);
});

test("a carrier whose queue is full is fed more slowly, and everything arrives once", async () => {
  const slow = await KannelCarrier.start({ slow: { perSecond: 25, queue: 10 } });
  const ignore = { text: async () => {}, receipt: async () => {}, ignored: () => {} };
  const network = new SmppNetwork({ ...carrierAt(slow.port), clock: Date.now, timers: realTimers, random: (bytes) => randomBytes(bytes), ...ignore });
  network.start();
  const texts = Array.from({ length: 100 }, (_, i) => `slow-${i}`);
  const ids: string[] = [];
  const took = async (_: number, id: string) => void ids.push(id);
  const handed = await Promise.all(texts.map((text, i) => network.submit({ from: "+12025550101", to: NORA, text, reference: i, skip: new Set(), took })));
  expect(
    handed.flatMap(({ failures }) => failures),
    JSON.stringify(network.state()),
  ).toEqual([]);
  expect(new Set(ids).size).toBe(100);
  await until("all are on the phone", () => slow.phones.arrived.length >= 100, 60_000);
  expect(slow.phones.arrived.map(({ text }) => text).sort()).toEqual(texts.sort());
  expect(network.state().throttled).toBeGreaterThan(0);
  expect(network.state().failures).toEqual({});
  await network.close();
  await slow.close();
});
