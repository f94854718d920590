import { expect, test } from "vitest";
import type { Delivery } from "@/domain/message";
import { WIDE_HEADER } from "@/domain/sms/segments";
import { type Letter, Refused } from "@/server/delivery/outside-step";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import type { Faults } from "@/storage/wide-column/drivers/memory/faults";
import type { Carrier, Handed, Sms } from "./carrier";
import { Consent } from "./consent";
import { SmsOut } from "./outgoing";
import { NumberPool } from "./pool";
import { SmsRows } from "./rows";
import { Submissions } from "./submissions";
import { SMS_TABLES } from "./tables";

const [PHONE, OURS] = ["+12025550143", "+12025550101"];
const TO = `tel:${PHONE}` as const;
const clock = () => 1;
const LONG = "The path is open again. ".repeat(10);

/** Runs of one Braid after the other on the same store, and a carrier that lives through them. */
function rig(answer: (sms: Sms) => Promise<Handed>, faults: Faults = { next: () => undefined }) {
  const rows = new SmsRows(new MemoryStore({ schemas: SMS_TABLES, clock, faults }));
  const submissions = new Submissions(rows);
  const handed: Sms[] = [];
  const carrier: Carrier = {
    ...{ name: "north", numbers: [OURS], prices: new Map([["+", { micros: 1, currency: "USD" }]]), isUp: true, header: WIDE_HEADER },
    cut: (text) => ({ segments: Math.ceil(text.length / 153), encoding: "gsm7", pieces: Math.ceil(text.length / 153) }),
    submit: (sms) => {
      handed.push(sms);
      return answer(sms);
    },
  };
  const run = () =>
    new SmsOut({
      ...{ carriers: [carrier], directory: { many: async () => new Map() }, pool: new NumberPool(rows, clock), consent: new Consent(rows, clock), submissions },
      ...{ reference: () => handed.length, settle: async () => {} },
    });
  return { run, handed, submissions };
}

const letter = (text: string, delivery: Partial<Delivery> = {}) =>
  ({
    ...{ user: "ann", to: TO, before: [], thread: { id: "t", people: ["ann", TO] } },
    message: { id: "m", threadId: "t", from: "ann", at: 1, text, delivery: { [TO]: { state: "sending", channel: "sms", at: 1, ...delivery } } },
  }) as unknown as Letter;
const OF = { user: "ann", threadId: "t", messageId: "m", to: PHONE };
const takesAll = (prefix: string) => async (sms: Sms) => {
  for (const piece of [0, 1]) if (!sms.skip.has(piece) && (piece === 0 || sms.text.length > 153)) await sms.took(piece, `${prefix}${piece}`);
  return { failures: [] };
};

test("what the carrier took before a crash is not handed over again, though its mailbox did not know yet", async () => {
  const { run, handed } = rig(takesAll("a"));
  await run().send(letter("Hello"));
  await run().send(letter("Hello"));
  expect(handed).toHaveLength(1);
});

test("an answer that comes after the carrier was given up on counts: the text does not go again", async () => {
  let comesLate = async () => {};
  const { run, handed } = rig(async ({ took }) => {
    comesLate = () => took(0, "late", true);
    return { failures: [silent] };
  });
  const out = run();
  await expect(out.send(letter("Hello"))).rejects.toThrow(Refused);
  await comesLate();
  expect(await out.send(letter("Hello", { attempts: 1 }))).toMatchObject({ reason: "accepted-by-carrier" });
  expect(handed).toHaveLength(1);
});

const silent = new Refused(false, "connection-lost", "The carrier did not answer in time.");

test("a late answer to what was given up does not count for what was begun anew, of one piece", async () => {
  let comesLate: (() => Promise<void>) | undefined;
  const { run, handed } = rig(async (sms) => {
    if (handed.length === 2) await comesLate?.();
    comesLate ??= () => sms.took(0, "a0", true);
    return { failures: [new Refused(handed.length === 1, "refused", "no")] };
  });
  await expect(run().send(letter("Hello"))).rejects.toThrow(Refused);
  const again = { at: 3, reason: "tried-again" } as const;
  await expect(run().send(letter("Hello", again))).rejects.toThrow(Refused);
  await expect(run().send(letter("Hello", { ...again, attempts: 1 }))).rejects.toThrow(Refused);
  expect(handed).toHaveLength(3);
});

test("a late answer to what was given up does not count for what was begun anew", async () => {
  let [round, comesLate] = [1, async () => {}];
  const { run, handed } = rig(async (sms) => {
    if (round > 2) return takesAll("c")(sms);
    if (round === 2) await sms.took(1, "b1");
    else comesLate = () => sms.took(0, "a0", true);
    return { failures: [new Refused(round === 1, "refused", "no")] };
  });
  await expect(run().send(letter(LONG))).rejects.toThrow(Refused);
  round = 2;
  const again = { at: 3, reason: "tried-again" } as const;
  await expect(run().send(letter(LONG, again))).rejects.toThrow(Refused);
  await comesLate();
  round = 3;
  await run().send(letter(LONG, { ...again, attempts: 1 }));
  expect([...(handed[2] as Sms).skip]).toEqual([1]);
  expect(handed[2]?.reference).toBe(handed[1]?.reference);
});

test("a late answer takes nothing from a try that succeeded: its receipt counts", async () => {
  let [round, comesLate] = [1, async () => {}];
  const { run, submissions } = rig(async (sms) => {
    if (round > 1) return takesAll("b")(sms);
    comesLate = () => sms.took(0, "a0", true);
    return { failures: [silent] };
  });
  await expect(run().send(letter("Hello"))).rejects.toThrow(Refused);
  round = 2;
  await run().send(letter("Hello", { attempts: 1 }));
  await comesLate();
  expect(await submissions.receipt("north", "b0", [PHONE], { state: "delivered", at: 5 })).toMatchObject({ progress: { state: "delivered" } });
});

test("a repeat that is refused does not fail a text whose first answer came meanwhile", async () => {
  let comesLate: (() => Promise<void>) | undefined;
  const { run } = rig(async (sms) => {
    await comesLate?.();
    comesLate = () => sms.took(0, "a0", true);
    return { failures: [silent] };
  });
  await expect(run().send(letter("Hello"))).rejects.toThrow(Refused);
  expect(await run().send(letter("Hello", { attempts: 1, at: 31_000 }))).toMatchObject({ reason: "accepted-by-carrier" });
});

test("a late answer that is being written down is waited for before the next try", async () => {
  let comesLate: (() => Promise<void>) | undefined;
  const { run, handed } = rig(async (sms) => {
    comesLate ??= () => sms.took(0, "a0", true);
    return { failures: [silent] };
  });
  const out = run();
  await expect(out.send(letter("Hello"))).rejects.toThrow(Refused);
  void comesLate?.();
  await out.send(letter("Hello", { attempts: 1, at: 31_000 }));
  expect(handed).toHaveLength(1);
});

test("pieces that could not be written down are kept in memory, all of them, until they could", async () => {
  let isFull = false;
  const full = { next: () => (isFull ? ("full" as const) : undefined) };
  const { run, handed } = rig(async ({ took, skip }) => {
    isFull = true;
    const kept = await Promise.allSettled([0, 1].filter((piece) => !skip.has(piece)).map((piece) => took(piece, `a${piece}`)));
    return { failures: kept.flatMap((one) => (one.status === "rejected" ? [one.reason] : [])) };
  }, full);
  const out = run();
  await expect(out.send(letter(LONG))).rejects.toThrow();
  await expect(out.send(letter(LONG, { attempts: 1 }))).rejects.toThrow();
  isFull = false;
  expect(await out.send(letter(LONG, { attempts: 2 }))).toMatchObject({ reason: "accepted-by-carrier" });
  expect(handed).toHaveLength(1);
});

test("of a long text each piece is kept when it is taken, and after a crash the others follow under the same reference", async () => {
  const { run, handed } = rig(async ({ skip, took }) => {
    if (skip.size > 0) return takesAll("b")(handed.at(-1) as Sms);
    await took(1, "a1");
    return new Promise(() => {}); // the crash
  });
  void run().send(letter(LONG));
  await expect.poll(() => handed.length).toBe(1);
  await expect.poll(() => run().send(letter(LONG))).toMatchObject({ sms: { segments: 2 } });
  expect(handed.slice(1).map(({ skip, reference, text }) => [[...skip], reference, text])).toEqual([[[1], handed[0]?.reference, handed[0]?.text]]);
});

test("who asks again after it failed has all of it sent again, and late news of the first time changes nothing", async () => {
  let round = "a";
  const { run, handed, submissions } = rig((sms) => takesAll(round)(sms));
  await run().send(letter("Hello"));
  await submissions.receipt("north", "a0", [PHONE], { state: "undeliverable", at: 2 });
  expect((await submissions.progress(OF))?.state).toBe("undeliverable");
  round = "b";
  await run().send(letter("Hello", { at: 3, reason: "tried-again" }));
  expect(handed.map(({ skip }) => [...skip])).toEqual([[], []]);
  expect(await submissions.receipt("north", "a0", [PHONE], { state: "rejected", at: 4 })).toBeUndefined();
  expect((await submissions.progress(OF))?.state).toBe("waiting");
  await submissions.receipt("north", "b0", [PHONE], { state: "delivered", at: 5 });
  expect((await submissions.progress(OF))?.state).toBe("delivered");
});

test("a receipt counts whichever of its addresses is the phone's, and not when none is", async () => {
  const { run, submissions } = rig(takesAll("a"));
  await run().send(letter("Hello"));
  const news = { state: "delivered", at: 2 } as const;
  expect(await submissions.receipt("north", "a0", [OURS, "+12025550199"], news)).toBeUndefined();
  expect(await submissions.receipt("north", "a0", [OURS, PHONE], news)).toEqual(expect.objectContaining({ of: OF }));
});

test("what was refused before is tried with the plan it has", async () => {
  let isRefused = true;
  const { run, handed } = rig(async (sms) => (isRefused ? { failures: [new Refused(false, "carrier-busy", "later")] } : takesAll("a")(sms)));
  await expect(run().send(letter(LONG))).rejects.toMatchObject({ code: "carrier-busy" });
  isRefused = false;
  await run().send(letter(LONG, { at: 5, attempts: 1 }));
  expect(new Set(handed.map(({ reference }) => reference)).size).toBe(1);
});

test("what a carrier took while nothing could be written down is not handed over at each try, and its receipt is found once it could", async () => {
  let isFull = false;
  const answer = async ({ took }: Sms) => {
    isFull = true;
    return {
      failures: await took(0, "a0").then(
        () => [],
        (error: unknown) => [error],
      ),
    };
  };
  const { run, handed, submissions } = rig(answer, { next: () => (isFull ? "full" : undefined) });
  const out = run();
  for (let tries = 0; tries < 3; tries++) await expect(out.send(letter("Hello"))).rejects.toMatchObject({ kind: "full" });
  isFull = false;
  expect(await out.send(letter("Hello"))).toMatchObject({ reason: "accepted-by-carrier" });
  expect(handed).toHaveLength(1);
  expect(await submissions.receipt("north", "a0", [PHONE], { state: "delivered", at: 2 })).toMatchObject({ of: OF });
});
