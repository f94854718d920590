import { afterEach, beforeEach, expect, test } from "vitest";
import { TestTime } from "@/testkit/messaging";
import { FakeTwilio } from "@/testkit/twilio/fake-twilio";
import type { Taken } from "../incoming-rows";
import { TwilioNetwork } from "./network";
import { signatureOf } from "./signature";

const [NORA, OURS, URL_] = ["+12025550143", "+12025550101", "https://braid.example.org"];
let twilio: FakeTwilio;
let time: TestTime;
let network: TwilioNetwork;
let texts: Taken[];
let ignored: string[];
beforeEach(async () => {
  [twilio, time, texts, ignored] = [await FakeTwilio.start(), new TestTime(), [], []];
  network = new TwilioNetwork({
    ...{ kind: "twilio", name: "fake", account: twilio.account, numbers: [OURS], prices: new Map(), url: URL_, clock: time.clock, timers: time },
    text: async (sms) => void texts.push(sms),
    receipt: async () => {},
    ignored: (_carrier, why) => ignored.push(why),
  });
});
afterEach(() => twilio.close());

const ids: string[] = [];
const took = async (_: number, id: string) => void ids.push(id);
const submit = () => network.submit({ from: OURS, to: NORA, text: "Hello", reference: 1, skip: new Set(), took });
const hear = (fields: Record<string, string>, url = `${URL_}/api/sms/fake/message`) => {
  const form = new URLSearchParams(fields);
  return network.hear({ about: "message", url: `${URL_}/api/sms/fake/message`, signature: signatureOf(twilio.account.token, url, form), form });
};

test("how the last message fared says whether it works: others come first for a minute, and it is said until one goes", async () => {
  expect([network.isUp, network.trouble]).toEqual([true, undefined]);
  twilio.behave(NORA, { answer: { status: 401, body: { code: 20003 } } });
  expect((await submit()).failures).toMatchObject([{ code: "carrier-login", permanent: false }]);
  expect([network.isUp, network.trouble]).toEqual([false, "fake does not accept the account of the settings."]);
  time.advance(60_000);
  expect([network.isUp, network.trouble]).toEqual([true, "fake does not accept the account of the settings."]);
  twilio.behave(NORA, { statuses: [] });
  expect((await submit()).failures).toEqual([]);
  expect(ids).toEqual([twilio.messages[0]?.sid]);
  expect(network.trouble).toBeUndefined();
});

test("what a message is refused for says nothing against the carrier, and what it has is not handed over again", async () => {
  twilio.behave(NORA, { answer: { status: 400, body: { code: 21211 } } });
  await submit();
  expect([network.isUp, network.trouble]).toEqual([true, undefined]);
  expect(await network.submit({ from: OURS, to: NORA, text: "Hello", reference: 1, skip: new Set([0]), took })).toEqual({ failures: [] });
  expect(twilio.calls.get(NORA)).toBe(1);
});

test("a signature for another origin or path does not fit, whatever Host the caller names", async () => {
  const fields = { MessageSid: "SM1", From: NORA, To: OURS, Body: "Hello" };
  expect(await hear(fields, "https://evil.example.org/api/sms/fake/message")).toBe("forged");
  expect(await hear(fields, `${URL_}/api/sms/fake/status`)).toBe("forged");
  expect(await hear(fields)).toBe("taken");
  expect(texts).toEqual([{ carrier: "fake", carrierId: "SM1", from: NORA, to: OURS, text: "Hello" }]);
});

test("what has no id or no number cannot be read, and what is no SMS is left alone", async () => {
  for (const fields of [
    { From: NORA, To: OURS },
    { MessageSid: "SM1", To: OURS },
    { MessageSid: "SM1", From: NORA },
    { MessageSid: "x".repeat(101), From: NORA, To: OURS },
  ])
    expect(await hear(fields as unknown as Record<string, string>)).toBe("unreadable");
  expect(await hear({ MessageSid: "SM1", From: `whatsapp:${NORA}`, To: `whatsapp:${OURS}` })).toBe("taken");
  expect([texts, ignored]).toEqual([[], ["not-sms"]]);
});
