import { afterEach, beforeEach, expect, test } from "vitest";
import type { Id } from "@/domain/id";
import { internet } from "@/server/content/files/outside-fetch";
import { MAILBOX_TABLES } from "@/server/mailbox/schema";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { type MessagingWorld, messagingWorld, TestTime } from "@/testkit/messaging";
import { FakeTwilio } from "@/testkit/twilio/fake-twilio";
import { Media } from "./media";
import { MediaRows } from "./media-rows";
import { SMS } from "./tables";
import { mediaSource } from "./twilio/api";

const PNG = Buffer.from("89504e470d0a1a0a0000000d4948445200000280000001e00802000000", "hex");
const HOUR = 60 * 60_000;
let twilio: FakeTwilio;
let world: MessagingWorld;
let time: TestTime;
let ann: Id;
let stored: number;
let failures: unknown[];
beforeEach(async () => {
  [time, stored, failures, twilio] = [new TestTime(), 0, [], await FakeTwilio.start()];
  world = messagingWorld({ time, store: new MemoryStore({ schemas: [...MAILBOX_TABLES, SMS], clock: time.clock }) });
  ann = world.person("ann");
});
afterEach(() => twilio.close());

const media = (sources = new Map([["fake", mediaSource(twilio.account)]]), outside = internet) =>
  new Media({
    ...{ rows: new MediaRows(world.store), mailboxes: world.mailboxes, sources, outside, clock: time.clock, timers: time },
    blobs: { put: async (body) => ({ key: `blob-${++stored}`, bytes: body.length }) },
    failed: (error) => failures.push(error),
  });

/** A text with a picture in Ann's mailbox. */
async function arrived() {
  const id = world.mint.next();
  const files = [{ name: "picture-1.png", type: "image/png" }];
  const where = await world.receiveText.to(ann, { id, phone: "+12025550143", at: time.now, text: "Look", sms: { to: "+12025550101", segments: 1 }, files });
  const message = () => world.mailboxes.read(ann, (view) => view.message(where.threadId, id));
  return { id, where, file: async () => (await message())?.files?.[0] };
}
const job = (where: { threadId: Id; people: readonly Id[] }, url: string, carrier = "fake") => ({
  ...where,
  carrier,
  at: time.now,
  media: [{ url, type: "image/png" }],
});

test("what an earlier run owed is fetched, once, and again nothing comes of a repeat", async () => {
  const { id, where, file } = await arrived();
  const url = twilio.keep({ type: "image/png", body: PNG });
  await media().owe(id, job(where, url)); // and the process ends
  const next = media();
  next.start();
  await next.idle();
  expect(await file()).toMatchObject({ key: "blob-1", width: 640 });
  await next.owe(id, job(where, url)); // the text is handed over again
  await next.idle();
  expect([twilio.fetches.get(url), stored, failures]).toEqual([1, 1, []]);
  for await (const left of new MediaRows(world.store).messages()) expect(left).toBeUndefined();
});

test("what is there already is not fetched again, and who has no such message is told nothing", async () => {
  const ben = world.person("ben");
  const { id, where, file } = await arrived();
  const url = twilio.keep({ type: "image/png", body: PNG });
  const known = { name: "picture-1.png", type: "image/png", key: "blob-of-before" };
  const first = media();
  first.start();
  await world.mailboxes.commit(ann, undefined, () => [
    { type: "FileArrived", at: time.now, maker: "m", threadId: where.threadId, messageId: id, place: 0, file: known },
  ]);
  await first.owe(id, job({ ...where, people: [ann, ben] }, url));
  await first.idle();
  expect([await file(), twilio.fetches.size]).toEqual([known, 0]);
});

test("a carrier that is away is asked again with growing pauses, for a day; then the picture is said to be lost", async () => {
  const { id, where, file } = await arrived();
  const url = twilio.keep({ type: "image/png", status: 503 });
  const first = media();
  first.start();
  await first.owe(id, job(where, url));
  await first.idle();
  for (const [ms, calls] of [
    [1_999, 1],
    [1, 2],
    [3_999, 2],
    [1, 3],
  ] as const) {
    time.advance(ms);
    await first.idle();
    expect(twilio.fetches.get(url)).toBe(calls);
  }
  expect(await file()).toEqual({ name: "picture-1.png", type: "image/png" });
  for (let hours = 0; hours < 25; hours++) {
    time.advance(HOUR);
    await first.idle();
  }
  expect(await file()).toEqual({ name: "picture-1.png", type: "image/png", lost: "unreachable" });
  const calls = twilio.fetches.get(url);
  time.advance(HOUR);
  await first.idle();
  expect(twilio.fetches.get(url)).toBe(calls);
});

test("a carrier that is not in the settings may come back", async () => {
  const { id, where, file } = await arrived();
  const url = twilio.keep({ type: "image/png", body: PNG });
  const without = media(new Map());
  without.start();
  await without.owe(id, job(where, url));
  await without.idle();
  await without.stop();
  expect(await file()).toEqual({ name: "picture-1.png", type: "image/png" });
  const next = media();
  next.start();
  await next.idle();
  expect(await file()).toMatchObject({ key: "blob-1" });
});

test("of one message no picture is asked for before the one before it is kept, and one that does not come holds up none", async () => {
  const id = world.mint.next();
  const urls = [
    { type: "image/png", body: PNG },
    { type: "image/png", status: 503 },
    { type: "image/png", body: PNG },
  ].map((one) => twilio.keep(one));
  const files = urls.map((_, place) => ({ name: `picture-${place + 1}.png`, type: "image/png" }));
  const where = await world.receiveText.to(ann, { id, phone: "+12025550143", at: time.now, text: "", sms: { to: "+12025550101", segments: 1 }, files });
  const keptAtCall: number[] = [];
  const connect: typeof internet.connect = (...to) => {
    keptAtCall.push(stored);
    return internet.connect(...to);
  };
  const first = media(undefined, { ...internet, connect });
  first.start();
  await first.owe(id, { ...where, carrier: "fake", at: time.now, media: urls.map((url) => ({ url, type: "image/png" })) });
  await first.idle();
  expect(keptAtCall).toEqual([0, 1, 1]);
  const message = await world.mailboxes.read(ann, (view) => view.message(where.threadId, id));
  expect(message?.files?.map(({ key }) => key)).toEqual(["blob-1", undefined, "blob-2"]);
});
