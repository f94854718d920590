import fc from "fast-check";
import { expect, test } from "vitest";
import { BETWEEN, type CopyFacts, type CopyReason, type CopyText, decideCopy, READS_WITHIN, TOO_LATE } from "./decide-copy";
import { isWithin, localTime } from "./hours";
import { TEXT_KINDS, USUAL_WISHES } from "./texting";
import { FOLDERS } from "./thread";

const NOON = Date.parse("2026-11-25T12:00:00Z");
const NIGHT = Date.parse("2026-11-25T23:30:00Z");
const [PHONE, OTHER] = ["+12025550143", "+447700900123"];
const usual: CopyFacts = {
  now: NOON,
  phone: PHONE,
  linked: true,
  wishes: USUAL_WISHES,
  message: { id: "m5", threadId: "t1", at: NOON, kind: "direct" },
  folder: "messages",
  ...{ muted: false, read: false, deleted: false, presence: "offline", stopped: false },
  ...{ price: 7_500, mostPrice: 100_000, earlier: [], laterWaits: false, texts: [] },
};
const sent = (messageId: string, before = BETWEEN, more: Partial<CopyText> = {}): CopyText => ({
  ...{ at: NOON - before, phone: PHONE, threadId: "t1", messageId, along: [], ...more },
});
const many = (count: number): CopyText[] => Array.from({ length: count }, (_, i) => sent(`s${i}`, BETWEEN + 1_000, { threadId: `t${i}` }));
const wishes = (change: Partial<typeof USUAL_WISHES>) => ({ wishes: { ...USUAL_WISHES, ...change } });

const REACHED: readonly (readonly [string, Partial<CopyFacts>, object])[] = [
  ["nobody is there", {}, { do: "text", reason: "was-offline", along: [], last: false, again: false }],
  ["it is open and nobody looks, for a minute", { presence: "away", now: NOON + READS_WITHIN.away }, { do: "text", reason: "was-away" }],
  ["it is open and nobody looks, for less", { presence: "away", now: NOON + 1 }, { do: "wait", reason: "may-read-soon", until: NOON + READS_WITHIN.away }],
  ["somebody looks", { presence: "online" }, { do: "wait", reason: "may-read-soon", until: NOON + READS_WITHIN.online }],
  ["somebody has looked for two minutes", { presence: "online", now: NOON + READS_WITHIN.online }, { do: "nothing", reason: "is-here" }],
  ["it is night", { now: NIGHT, message: { ...usual.message, at: NIGHT } }, { do: "wait", reason: "quiet-hours", until: Date.parse("2026-11-26T08:00:00Z") }],
  ["it was night", { before: "quiet-hours" }, { do: "text", reason: "after-quiet-hours" }],
  ["it is night elsewhere", wishes({ zone: "Asia/Tokyo", quiet: { from: 20 * 60, to: 22 * 60 } }), { do: "wait", until: Date.parse("2026-11-25T13:00:00Z") }],
  ["there are no quiet hours", { ...wishes({ quiet: undefined } as never), now: NIGHT, message: { ...usual.message, at: NIGHT } }, { do: "text" }],
  ["a text went just now", { texts: [sent("m4", 1_000)] }, { do: "wait", reason: "just-texted", until: NOON - 1_000 + BETWEEN }],
  ["a text went just now, to another conversation", { texts: [sent("m4", 1_000, { threadId: "t2" })] }, { do: "text" }],
  ["a text went just now, to another phone", { texts: [sent("m4", 1_000, { phone: OTHER })] }, { do: "text" }],
  ["earlier ones wait", { earlier: ["m3", "m4"] }, { do: "text", along: ["m3", "m4"] }],
  ["an earlier one has gone", { earlier: ["m3", "m4"], texts: [sent("m3")] }, { do: "text", along: ["m4"] }],
  ["a later one is due", { laterWaits: true }, { do: "nothing", reason: "joined" }],
  ["it went with another", { texts: [sent("m6", 0, { along: ["m5"] })] }, { do: "nothing", reason: "joined" }],
  ["it was begun", { laterWaits: true, texts: [sent("m5", 0, { along: ["m4"] })] }, { do: "text", along: ["m4"], again: true }],
  ["there is one left", { texts: many(USUAL_WISHES.daily - 1) }, { do: "text", last: true }],
  ["there is none left", { texts: many(USUAL_WISHES.daily) }, { do: "nothing", reason: "cap-reached" }],
  ["they were of yesterday", { texts: many(USUAL_WISHES.daily).map((one) => ({ ...one, at: one.at - 86_400_000 })) }, { do: "text", last: false }],
  ["the last was begun", { texts: [...many(USUAL_WISHES.daily - 1), sent("m5", 0)] }, { do: "text", last: true, again: true }],
  ["it is read", { read: true }, { do: "nothing", reason: "read-meanwhile" }],
  ["it is deleted", { deleted: true }, { do: "nothing", reason: "deleted" }],
  ["it is of yesterday", { now: NOON + TOO_LATE }, { do: "nothing", reason: "too-late" }],
  ["the conversation is muted", { muted: true }, { do: "nothing", reason: "muted" }],
  ["it is in Other", { folder: "other" }, { do: "nothing", reason: "not-in-messages" }],
  ["it is in a group", { message: { ...usual.message, kind: "group" } }, { do: "nothing", reason: "kind-off" }],
  ["it is a mail", { message: { ...usual.message, kind: "email" } }, { do: "nothing", reason: "kind-off" }],
  ["texts are off", wishes({ on: false }), { do: "nothing", reason: "texts-off" }],
  ["this phone is off", wishes({ off: [PHONE] }), { do: "nothing", reason: "phone-off" }],
  ["another phone is off", wishes({ off: [OTHER] }), { do: "text" }],
  ["the phone is somebody else's now", { linked: false }, { do: "nothing", reason: "unlinked" }],
  ["STOP was said", { stopped: true }, { do: "nothing", reason: "asked-to-stop" }],
  ["no carrier goes there", { price: undefined }, { do: "nothing", reason: "no-carrier" }],
  ["it costs much", { price: 100_001 }, { do: "nothing", reason: "too-dear" }],
  ["it costs just as much as it may", { price: 100_000 }, { do: "text" }],
];

test.each(REACHED)("when %s", (_name, change, decision) => {
  expect(decideCopy({ ...usual, ...change })).toMatchObject(decision);
});

test("every reason is reached by one of these", () => {
  const every: Record<CopyReason, true> = {
    ...{ "was-offline": true, "was-away": true, "after-quiet-hours": true, "may-read-soon": true, "quiet-hours": true, "just-texted": true },
    ...{ joined: true, "read-meanwhile": true, "is-here": true, deleted: true, muted: true, "not-in-messages": true, "kind-off": true },
    ...{ "texts-off": true, "phone-off": true, unlinked: true, "asked-to-stop": true, "no-carrier": true, "too-dear": true },
    ...{ "cap-reached": true, "too-late": true },
  };
  const reached = REACHED.map(([, change]) => decideCopy({ ...usual, ...change }).reason);
  expect(new Set(reached)).toEqual(new Set(Object.keys(every)));
});

const minute = fc.integer({ min: 0, max: 1_439 });
const id = fc.integer({ min: 0, max: 9 }).map((n) => `m${n}`);
const facts = fc
  .record({
    now: fc.integer({ min: NOON, max: NOON + 3 * 86_400_000 }),
    phone: fc.constantFrom(PHONE, OTHER),
    linked: fc.boolean(),
    wishes: fc.record({
      on: fc.boolean(),
      kinds: fc.record({ direct: fc.boolean(), group: fc.boolean(), email: fc.boolean() }),
      zone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"),
      daily: fc.integer({ min: 1, max: 5 }),
      off: fc.subarray([PHONE, OTHER]),
      quiet: fc.record({ from: minute, to: minute }),
    }),
    message: fc.record({ id, threadId: fc.constantFrom("t1", "t2"), at: fc.constant(NOON), kind: fc.constantFrom(...TEXT_KINDS) }),
    folder: fc.constantFrom(...FOLDERS),
    presence: fc.constantFrom("online" as const, "away" as const, "offline" as const),
    price: fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: undefined }),
    mostPrice: fc.constant(100_000),
    earlier: fc.uniqueArray(id, { maxLength: 3 }),
    texts: fc.array(
      fc.record({
        at: fc.integer({ min: NOON, max: NOON + 3 * 86_400_000 }),
        phone: fc.constantFrom(PHONE, OTHER),
        threadId: fc.constant("t1"),
        messageId: id,
        along: fc.uniqueArray(id, { maxLength: 2 }),
      }),
      { maxLength: 8 },
    ),
    flags: fc.record({ muted: fc.boolean(), read: fc.boolean(), deleted: fc.boolean(), stopped: fc.boolean(), laterWaits: fc.boolean() }),
  })
  .map(({ flags, ...rest }): CopyFacts => ({ ...rest, ...flags }));
/** Most facts forbid a text; here little does, so that there are many. */
const likely = facts.map(
  (all): CopyFacts => ({
    ...all,
    ...{ linked: true, folder: "messages", muted: false, read: false, deleted: false, price: 7_500, now: NOON + (all.now % 86_000_000) },
  }),
);

test.each([
  ["anything", facts],
  ["little forbids it", likely],
] as const)("whatever is true, and %s: no text that must not be", (_name, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, (all) => {
      const decision = decideCopy(all);
      if (decision.do === "wait") expect(decision.until).toBeGreaterThan(all.now);
      if (decision.do !== "text") return;
      const { wishes: wished, texts, now, phone, message } = all;
      const time = localTime(now, wished.zone);
      expect(isWithin(time, wished.quiet!)).toBe(false);
      expect(all.stopped || all.read || all.deleted || all.muted || !all.linked || !wished.on || wished.off.includes(phone)).toBe(false);
      expect(wished.kinds[message.kind] && all.folder === "messages" && all.presence !== "online").toBe(true);
      const today = texts.filter(({ at }) => localTime(at, wished.zone).day === time.day);
      if (!decision.again) expect(today.length).toBeLessThan(wished.daily);
      const gone = texts.filter((text) => text.phone === phone && text.messageId !== message.id).flatMap((text) => [text.messageId, ...text.along]);
      expect(gone).not.toContain(message.id);
      if (!decision.again) expect(decision.along.some((one) => gone.includes(one))).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test("a day of decisions, each written down as it is done: never above the cap, never twice the same", () => {
  const arriving = fc.array(fc.record({ n: fc.integer({ min: 0, max: 30 }), after: fc.integer({ min: 0, max: 4 * 60 * 60_000 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(arriving, fc.integer({ min: 1, max: 4 }), (events, daily) => {
      const texts: CopyText[] = [];
      let now = NOON;
      for (const { n, after } of events) {
        now += after;
        const message = { id: `m${n}`, threadId: `t${n % 3}`, at: now, kind: "direct" as const };
        const decision = decideCopy({ ...usual, ...wishes({ daily }), now, message, texts });
        if (decision.do === "text" && !decision.again)
          texts.push({ at: now, phone: PHONE, threadId: message.threadId, messageId: message.id, along: decision.along });
      }
      const days = texts.map(({ at }) => localTime(at, "UTC").day);
      for (const day of days) expect(days.filter((one) => one === day).length).toBeLessThanOrEqual(daily);
      expect(new Set(texts.map(({ messageId }) => messageId)).size).toBe(texts.length);
    }),
  );
});
