import { expect, test } from "vitest";
import type { OutboxEntry } from "@/domain/outbox";
import { Outgoing, receipt, receipts, toOf } from "@/testkit/outgoing";
import { type Owed, OwnerFailed } from "./owed";

/** Milliseconds, on a machine that is busy with other things too. */
const LONG = 120_000;
const broken = (): never => {
  throw new Error("broken");
};
const doneFor = (world: Outgoing, to: string) => world.done.filter(({ entry }) => toOf(entry) === to);

test("100,000 entries of one mailbox are all done once, a bounded part of them in memory", { timeout: LONG }, async () => {
  const world = new Outgoing();
  await world.owe(
    "ann",
    receipts(100_000, (n) => `p${n % 97}`),
  );
  await world.deliverer.recover();
  await world.deliverer.settle();
  expect(world.done).toHaveLength(100_000);
  expect(new Set(world.done.map(({ key }) => key)).size).toBe(100_000);
  expect(world.most).toBeLessThanOrEqual(2_000);
  expect(world.most).toBeGreaterThan(500);
  expect([world.deliverer.pending, await world.owing("ann")]).toEqual([0, 0]);
});

test("100,000 entries told of at once, most to one recipient, are done as well", { timeout: LONG }, async () => {
  const world = new Outgoing();
  const told = receipts(100_000, (n) => (n % 10 === 0 ? `p${n}` : "ben"));
  await world.owe("ann", told, true);
  await world.deliverer.settle();
  expect(world.done).toHaveLength(100_000);
  expect(world.most).toBeLessThanOrEqual(2_000);
  expect(world.deliverer.pending).toBe(0);
});

test("a recipient that fails holds up nobody, is asked less and less, and gets everything when it answers again", async () => {
  let isAway = true;
  let asked = 0;
  const work = ({ entry }: Owed) => {
    if (toOf(entry) !== "dead") return;
    asked++;
    if (isAway) broken();
  };
  const world = new Outgoing({ work });
  await world.owe("ann", [...receipts(5_000, () => "dead"), ...receipts(500, (n) => `p${n}`)]);
  await world.owe(
    "cleo",
    receipts(500, () => "ben"),
  );
  await world.deliverer.recover();
  await world.deliverer.settle();
  expect(world.done).toHaveLength(1_000);
  expect(asked).toBeLessThan(20);
  expect(world.deliverer.held).toBeLessThan(20);
  expect([world.deliverer.leftAlone, world.deliverer.owesMore]).toEqual([1, true]);
  await world.pass(600_000);
  expect(asked).toBeLessThan(250);
  isAway = false;
  await world.pass(61_000);
  expect(doneFor(world, "dead")).toHaveLength(5_000);
  expect([world.deliverer.pending, world.deliverer.leftAlone]).toEqual([0, 0]);
});

test("an entry that fails by itself is tried after pauses that double, up to a minute, and are never quite the same", async () => {
  const tries = new Map<string, number[]>();
  const work = ({ key, entry }: Owed) => {
    if (!toOf(entry).startsWith("bad")) return;
    tries.set(key, [...(tries.get(key) ?? []), world.time.now]);
    broken();
  };
  const world = new Outgoing({ work });
  await world.owe("ann", [receipt("bad1", 1), receipt("bad2", 2)], true);
  await world.pass(300_000, 50);
  const pauses = [...tries.values()].map((times) => times.slice(1).map((at, i) => at - (times[i] as number)));
  for (const [first, ...rest] of pauses) {
    expect(first).toBeGreaterThanOrEqual(500);
    for (const [i, pause] of rest.entries()) {
      const whole = Math.min(60_000, 2_000 * 2 ** i);
      expect(pause).toBeGreaterThanOrEqual(whole / 2);
      expect(pause).toBeLessThanOrEqual(whole + 50);
    }
    expect(rest.length).toBeGreaterThan(6);
  }
  expect(pauses[0]).not.toEqual(pauses[1]);
});

test("one bad entry does not keep its recipient from the others", async () => {
  const world = new Outgoing({ work: ({ key }) => (key.includes("000007") ? broken() : undefined) });
  await world.owe(
    "ann",
    receipts(200, () => "ben"),
    true,
  );
  await world.pass(120_000);
  expect(world.done).toHaveLength(199);
  await world.owe("cleo", [receipt("ben", 900)], true);
  await world.deliverer.settle();
  expect(world.done).toHaveLength(200);
});

test("a mailbox that owes and fails does not keep its recipients from others", async () => {
  let isBroken = true;
  const world = new Outgoing({ work: ({ user }) => (user === "ann" && isBroken ? Promise.reject(new OwnerFailed(new Error("broken"))) : undefined) });
  await world.owe(
    "ann",
    receipts(3_000, () => "ben"),
    true,
  );
  await world.deliverer.settle();
  const attempts = world.failures.length;
  await world.owe(
    "cleo",
    receipts(100, () => "ben"),
    true,
  );
  await world.deliverer.settle();
  expect([world.done.length, attempts < 40, world.failures.length - attempts]).toEqual([100, true, 0]);
  isBroken = false;
  await world.pass(61_000);
  expect(doneFor(world, "ben")).toHaveLength(3_100);
});

test("mails that hang, more than there is room for, leave the room of the chat alone", async () => {
  const world = new Outgoing({ work: ({ entry }) => (toOf(entry).startsWith("mailto:") ? new Promise(() => {}) : undefined) });
  await world.owe(
    "ann",
    receipts(9_000, (n) => `mailto:someone@d${n % 40}.example`),
  );
  await world.owe(
    "ann",
    Array.from({ length: 100 }, (_, n) => ({ ...receipt("ben", n), threadId: "z" })),
  );
  void world.deliverer.recover();
  await expect.poll(() => world.done.length).toBe(100);
  expect(world.deliverer.held).toBeLessThanOrEqual(2_000);
});

test("after a crash in the middle another server does what is left, and nothing twice that was reported", async () => {
  let begun = 0;
  const first = new Outgoing({ work: () => (++begun > 1_234 ? new Promise(() => {}) : undefined) });
  for (const user of ["ann", "ben", "cleo"])
    await first.owe(
      user,
      receipts(1_000, (n) => `p${n % 7}`),
    );
  void first.deliverer.recover();
  await expect.poll(() => first.done.length).toBe(1_234);
  const second = new Outgoing({ store: first.store, time: first.time });
  await second.deliverer.recover();
  await second.deliverer.settle();
  const keys = [...first.done, ...second.done].map(({ user, key }) => `${user} ${key}`);
  expect([keys.length, new Set(keys).size, second.deliverer.pending]).toEqual([3_000, 3_000, 0]);
});

test("more mailboxes that owe than are remembered are found one after the other", { timeout: LONG }, async () => {
  const world = new Outgoing();
  for (let n = 0; n < 12_000; n++) {
    world.time.now += 10; // the store in memory is slow while time stands still
    await world.owe(`m${String(n).padStart(6, "0")}`, [receipt(`p${n % 50}`, 1)]);
  }
  await world.deliverer.recover();
  await world.deliverer.settle();
  expect([world.done.length, world.deliverer.pending]).toEqual([12_000, 0]);
});

test("ten thousand mailboxes whose recipients fail do not hide the others for ever", { timeout: LONG }, async () => {
  const world = new Outgoing({ work: ({ entry }) => (toOf(entry) === "dead" ? broken() : undefined) });
  for (let n = 0; n < 11_000; n++) {
    world.time.now += 10;
    await world.owe(`m${String(n).padStart(6, "0")}`, [receipt(n < 10_500 ? "dead" : `p${n}`, 1)]);
  }
  await world.deliverer.recover();
  await world.pass(120_000, 10_000);
  expect(world.done).toHaveLength(500);
});

test("what is due later comes at its time, however much of it waits, and the latest stay in the store", { timeout: LONG }, async () => {
  const world = new Outgoing();
  const at = world.time.now;
  const later = (n: number): OutboxEntry => ({
    ...{ kind: "message", threadId: "t", messageId: String(n).padStart(6, "0"), to: `mailto:a@d${n % 50}.example` },
    ...{ attempts: 1, retryAt: at + 1_000 * (20_000 - n) },
  });
  await world.owe(
    "ann",
    Array.from({ length: 20_000 }, (_, n) => later(n)),
  );
  await world.deliverer.recover();
  await world.deliverer.settle();
  expect([world.done.length, world.deliverer.held]).toEqual([0, 5_000]);
  await world.pass(100_000);
  expect(world.done.map(({ entry }) => entry.kind === "message" && entry.retryAt)).toEqual(Array.from({ length: 100 }, (_, n) => at + 1_000 * (n + 1)));
  await world.pass(19_900_000, 100_000);
  expect([world.done.length, world.deliverer.pending]).toEqual([20_000, 0]);
});

test("the store being away for reading is survived", async () => {
  const world = new Outgoing();
  await world.owe(
    "ann",
    receipts(1_000, () => "ben"),
  );
  const { slice, scan } = world.store;
  world.store.slice = () => Promise.reject(new Error("away"));
  world.store.scan = () => broken();
  await world.deliverer.recover();
  await world.pass(10_000);
  expect([world.done.length, world.failures.length > 2]).toEqual([0, true]);
  Object.assign(world.store, { scan });
  await world.pass(20_000);
  Object.assign(world.store, { slice });
  await world.pass(61_000);
  expect(world.done).toHaveLength(1_000);
});

test("what was settled while it was being read is not done again", async () => {
  const world = new Outgoing();
  await world.owe("ann", [receipt("ben", 1), receipt("ben", 2)]);
  const slice = world.store.slice.bind(world.store);
  world.store.slice = async (...args) => {
    const cells = await slice(...args);
    world.deliverer.take({ user: "ann", owed: new Map([[cells[0]?.qualifier.toString() ?? "", null]]), entries: [], threads: new Map() });
    return cells;
  };
  await world.deliverer.recover();
  await world.deliverer.settle();
  expect(world.done.map(({ entry }) => entry)).toEqual([receipt("ben", 2)]);
});
