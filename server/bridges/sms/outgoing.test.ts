import { beforeEach, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import { quoteOf } from "@/domain/sms/terms";
import type { Thread } from "@/domain/thread";
import type { Letter } from "@/server/delivery/outside-step";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import type { Sms } from "./carrier";
import { Consent } from "./consent";
import { SmsForecast } from "./forecast";
import { SmsOut, type SmsOutOptions } from "./outgoing";
import { NumberPool } from "./pool";
import { SmsRows } from "./rows";
import { SmppNetwork } from "./smpp-network";
import { Submissions } from "./submissions";
import { SMS_TABLES } from "./tables";

const [OURS, MEXICO] = ["+12025550101", "+5215512345678"];
const ANN = { id: "ann", name: "Ann", outside: false, hue: 1 };
let handed: Sms[];
beforeEach(() => {
  handed = [];
});

/** A network whose connection is not there: what it is given is noted and taken. */
class Noting extends SmppNetwork {
  override async submit(sms: Sms) {
    handed.push(sms);
    await sms.took(0, `id-${handed.length}`);
    return { failures: [] };
  }
}

type Settings = Partial<ConstructorParameters<typeof SmppNetwork>[0]>;
const out = (more: Settings = {}): SmsOut => new SmsOut(optionsOf(more));

function optionsOf(more: Settings): SmsOutOptions {
  const clock = () => 1;
  const rows = new SmsRows(new MemoryStore({ schemas: SMS_TABLES, clock }));
  const never = () => Promise.reject(new Error("nothing comes in here"));
  const network = new Noting({
    ...{ kind: "smpp", name: "north", binds: "transceiver", numbers: [OURS], prices: new Map([["+", { micros: 10_000, currency: "USD" }]]) },
    account: { host: "127.0.0.1", port: 1, systemId: "braid", password: "" },
    ...{ clock, timers: { after: () => () => {} }, random: (length: number) => new Uint8Array(length), text: never, receipt: never, ignored: () => {} },
    ...more,
  });
  return {
    ...{ carriers: [network], pool: new NumberPool(rows, clock), consent: new Consent(rows, clock), submissions: new Submissions(rows) },
    directory: { many: async () => new Map([[ANN.id, ANN]]) },
    ...{ reference: () => 7, settle: async () => {} },
  };
}

const letter = (text: string, phone = MEXICO): Letter => {
  const message = { id: "m", threadId: "t", from: ANN.id, channel: "sms", at: 1, text } as const satisfies Message;
  return { user: ANN.id, message, thread: { id: "t", kind: "direct", people: [ANN.id, `tel:${phone}`] } as unknown as Thread, to: `tel:${phone}`, before: [] };
};

test("what is dialled is the number that was given, whichever of its numbers a phone has", async () => {
  await out().send(letter("Hello"));
  expect(handed).toMatchObject([{ to: MEXICO, from: OURS, text: "Ann: Hello" }]);
});

test("a picture alone goes as words that say so: of no words a carrier takes none, and they would be said to have gone", async () => {
  const way = out();
  await way.send(letter("Hello"));
  const { message, ...rest } = letter("");
  expect((await way.send({ ...rest, message: { ...message, id: "n" } })).sms).toMatchObject({ segments: 1 });
  expect(handed[1]?.text).toBe("(a picture or another file, which does not come by SMS)");
});

test("national tables go with the text to the carrier that takes them", async () => {
  const text = `ş${"a".repeat(100)}`;
  expect((await out({ languages: ["turkish"] }).send(letter(text))).sms).toMatchObject({ segments: 1, encoding: "gsm7" });
  expect(handed).toMatchObject([{ language: "turkish" }]);
  expect((await out().send(letter(text))).sms).toMatchObject({ segments: 2, encoding: "ucs2", cost: { micros: 20_000 } });
  expect(handed[1]).not.toHaveProperty("language");
});

test.each([
  ["too-many-segments", "a".repeat(1_520), {}, MEXICO],
  ["too-expensive", "a".repeat(200), { most: 19_999 }, MEXICO],
  ["country-not-allowed", "Hello", { rules: [{ to: ["MX"], never: true }] }, MEXICO],
  ["no-number-to-answer", "Hello", { rules: [{ to: ["+52"], from: ["Braid"] }] }, MEXICO],
  ["range-not-allowed", "Hello", {}, "+882161234567"],
  ["premium-number", "Hello", {}, "+449098790000"],
  ["no-way-to-reach", "Hello", { prices: new Map() }, MEXICO],
])("refused for good: %s", async (code, text, more, phone) => {
  await expect(out(more).send(letter(text, phone))).rejects.toMatchObject({ name: "Refused", permanent: true, code });
  expect(handed).toEqual([]);
});

test("what costs just as much as is allowed goes", async () => {
  await out({ most: 20_000 }).send(letter("a".repeat(200)));
  expect(handed).toHaveLength(1);
});

test.each([
  ["a text", "Hello", {}],
  ["a long one", "a".repeat(156), {}],
  ["one in Turkish", `ş${"a".repeat(148)}`, { languages: ["turkish"] as const }],
  ["one in Unicode", "Всё хорошо".repeat(9), {}],
  ["one too long", "a".repeat(1_517), {}],
  ["one too dear", "a".repeat(200), { most: 19_999 }],
  ["one to nowhere", "Hello", { rules: [{ to: ["MX"], never: true }] }],
  ["one that could not be answered", "Hello", { rules: [{ to: ["+52"], from: ["Braid"] }] }],
])("what is said beforehand is what is done: %s", async (_, text, more) => {
  const options = optionsOf(more);
  const way = new SmsOut(options);
  const forecast = new SmsForecast({ ...options, thread: async () => letter("").thread });
  const foretold = async () => {
    const [{ front = "", terms, refused } = {}] = await forecast.terms(ANN.id, "t");
    const { segments, encoding, cost, ...more } = terms ? quoteOf(front + text, terms) : { refused };
    return (more.refused ?? refused) ? { code: more.refused ?? refused } : { segments, encoding, cost };
  };
  // The second text has no name in front any more.
  for (const message of ["m", "n"]) {
    const before = await foretold();
    const { message: first, ...rest } = letter(text);
    const done = await way.send({ ...rest, message: { ...first, id: message } }).then(
      ({ sms }) => sms && { segments: sms.segments, encoding: sms.encoding, cost: sms.cost },
      ({ code }: { code: string }) => ({ code }),
    );
    expect(before).toEqual(done);
  }
  expect(await forecast.terms(ANN.id, "t")).toHaveLength(1);
});

test("whoever asked for no more is said beforehand as well", async () => {
  const options = optionsOf({});
  await options.consent.say("+525512345678", true, "text-1");
  const forecast = new SmsForecast({ ...options, thread: async () => letter("").thread });
  expect(await forecast.terms(ANN.id, "t")).toEqual([{ phone: MEXICO, front: "", refused: "asked-to-stop" }]);
});
