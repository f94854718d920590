import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Lives } from "@/testkit/smsc/lives";
import { GRACE } from "./decide-doubt";
import type { SubmitAnswer } from "./simulator/behaviour";
import { receiptFor } from "./simulator/receipt";
import type { Submitted } from "./simulator/smsc";

const [NORA, TOM] = ["+12025550143", "+12025550187"];
let lives: Lives;
beforeEach(async () => {
  lives = await Lives.begin();
  await lives.pass(1_000);
});
afterEach(() => lives.close());
vi.setConfig({ testTimeout: 60_000 });

/** The network takes it, and nobody hears that it did. */
const takesInSilence = (sms: Submitted): SubmitAnswer => {
  sms.status = 0;
  lives.smsc.owe(sms);
  return { silent: true };
};
const losesIt = (): SubmitAnswer => ({ silent: true });
const textOf = ({ fields }: Submitted) => String(fields.short_message);
const behaves = (submit: (sms: Submitted) => SubmitAnswer, receiptAfter = 5_000) =>
  Object.assign(lives.smsc.behaviour, { submit, receipt: () => ({ afterMs: receiptAfter, outcome: "DELIVRD" }) });
const works = (receiptAfter = 1_000) => behaves(() => ({}), receiptAfter);

test("Braid dies before the answer: the receipt tells, and the text is on the phone once", async () => {
  behaves(takesInSilence);
  const text = await lives.now.say(NORA, "hello");
  await lives.pass(500);
  await lives.die();
  works();
  await lives.live();
  await lives.pass(3_000);
  expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "sending", reason: "carrier-unsure" });
  await lives.pass(60_000);
  expect(lives.onPhones).toEqual(["ann: hello"]);
  expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "delivered", detail: "north", sms: { carrier: "north" } });
});

test("its receipt came while we were away, and said that it failed", async () => {
  behaves(takesInSilence, 0);
  lives.smsc.behaviour.receipt = () => ({ afterMs: 500, outcome: "UNDELIV" });
  const text = await lives.now.say(NORA, "hello");
  await lives.pass(250);
  await lives.die();
  await lives.pass(2_000);
  await lives.live();
  await lives.pass(20_000);
  expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "failed", reason: "phone-undeliverable" });
  expect(lives.onPhones).toEqual(["ann: hello"]);
});

test("no receipt: it is sent again when there was time for one, and that it may be there twice is said", async () => {
  behaves(losesIt);
  const text = await lives.now.say(NORA, "hello");
  await lives.pass(500);
  await lives.die();
  works();
  await lives.live();
  await lives.pass(GRACE - 1_000);
  expect(lives.onPhones).toEqual([]);
  await lives.pass(10_000);
  expect(lives.onPhones).toEqual(["ann: hello"]);
  expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "delivered", detail: expect.stringContaining("twice") });
});

test("a receipt that comes when it was sent again harms nothing", async () => {
  behaves(takesInSilence, 40_000);
  const text = await lives.now.say(NORA, "hello");
  await lives.pass(500);
  await lives.die();
  works();
  await lives.live();
  await lives.pass(50_000);
  behaves(losesIt);
  const second = await lives.now.say(NORA, "again");
  await lives.pass(500);
  await lives.die();
  works();
  await lives.live();
  await lives.pass(60_000); // the old receipt, which nobody claimed, is not of the second text
  expect(lives.onPhones).toEqual(["ann: hello", "ann: hello", "again"]);
  for (const one of [text, second]) expect(await lives.now.outcome(NORA, one)).toMatchObject({ state: "delivered" });
});

test("the connection breaks under texts that were not answered: they come once", async () => {
  behaves(takesInSilence, 3_000);
  const texts = [await lives.now.say(NORA, "one"), await lives.now.say(NORA, "two")];
  await lives.pass(500);
  works();
  lives.smsc.kill();
  await lives.pass(90_000);
  expect(lives.onPhones).toEqual(["ann: one", "two"]);
  for (const text of texts) expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "delivered", detail: "north" });
});

test.each([
  ["both were taken", ["ann: one", "two"], ["ann: one", "two"]],
  ["the first was taken", ["ann: one"], ["ann: one", "two"]],
  ["none was taken", [], ["ann: one", "two"]],
])("two texts to one phone in doubt: %s", async (_, taken, there) => {
  behaves((sms) => (taken.includes(textOf(sms)) ? takesInSilence(sms) : losesIt()));
  const texts = [await lives.now.say(NORA, "one"), await lives.now.say(NORA, "two")];
  await lives.pass(500);
  await lives.die();
  works();
  await lives.live();
  await lives.pass(100_000);
  expect(lives.onPhones.toSorted()).toEqual(there.toSorted());
  for (const text of texts) expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "delivered" });
});

test("a receipt to another phone, or of another conversation of the same phone, is not taken", async () => {
  behaves((sms) => (textOf(sms).includes("Tom") ? takesInSilence(sms) : losesIt()));
  await lives.now.say(NORA, "hello Nora");
  await lives.now.say(TOM, "hello Tom");
  await lives.pass(500);
  await lives.die();
  works();
  await lives.live();
  await lives.pass(40_000);
  expect(lives.onPhones.toSorted()).toEqual(["ann: hello Nora", "ann: hello Tom"]);
});

test("a receipt that says how another text begins is not taken", async () => {
  behaves(losesIt);
  const text = await lives.now.say(NORA, "hello");
  await lives.pass(500);
  await lives.die();
  works();
  const sms = lives.smsc.submitted[0] as Submitted;
  const words = receiptFor({ ...sms, messageId: "foreign" }, "DELIVRD", lives.time.now);
  void lives.smsc.deliver("braid", { ...words, short_message: Buffer.from(`${words.short_message}Your parcel is here`) });
  await lives.live();
  await lives.pass(40_000);
  expect(lives.onPhones).toEqual(["ann: hello"]);
  expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "delivered", detail: expect.stringContaining("twice") });
});

test("of a long text only the pieces go again that nobody has", async () => {
  let pieces = 0;
  behaves((sms) => (pieces++ === 0 ? takesInSilence(sms) : losesIt()));
  const text = await lives.now.say(NORA, "The path is open again. ".repeat(10));
  await lives.pass(500);
  await lives.die();
  works();
  await lives.live();
  await lives.pass(60_000);
  expect([lives.smsc.taken.length, new Set(lives.onPhones).size]).toEqual([2, 2]);
  expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "delivered" });
});

test("receipts that come before the answer is written leave nothing behind", async () => {
  behaves(({ messageId, ...sms }) => {
    void lives.smsc.deliver("braid", receiptFor({ messageId, ...sms }, "DELIVRD", lives.time.now));
    return { afterMs: 500 };
  });
  lives.smsc.behaviour.receipt = () => undefined;
  const texts = [await lives.now.say(NORA, "one"), await lives.now.say(NORA, "two")];
  await lives.pass(3_000);
  for (const text of texts) expect(await lives.now.outcome(NORA, text)).toMatchObject({ state: "delivered" });
  const rows: string[] = [];
  for await (const { families } of lives.store.scan("sms", { from: Buffer.from("u:"), to: Buffer.from("u;") }))
    rows.push(...(families.out ?? []).map(({ qualifier }) => String(qualifier)));
  expect(rows.filter((name) => name.startsWith("r"))).toEqual([]);
});
