import { expect, test } from "vitest";
import { TestTime } from "@/testkit/messaging";
import { receipt } from "@/testkit/outgoing";
import { seededRandom } from "@/testkit/random";
import { Backoff } from "./backoff";
import type { Owed } from "./owed";
import { Refill } from "./refill";

interface Options {
  readonly full?: () => readonly string[];
  readonly owing?: readonly string[];
  /** Whether this read fails. */
  readonly fails?: () => boolean;
}

function refill(admit: (owed: Owed) => string | undefined, { full = () => [], owing = [], fails = () => false }: Options = {}) {
  const time = new TestTime();
  const pauses: number[] = [];
  const entries = Array.from({ length: 600 }, (_, n) => ({ key: String(n).padStart(4, "0"), entry: receipt("ben", n) }));
  const reads: string[] = [];
  const outbox = async (_user: string, limit: number, from: string) => {
    reads.push(from);
    if (fails()) throw new Error("away");
    return entries.filter(({ key }) => key >= from).slice(0, limit);
  };
  const filled = new Refill({
    mailboxes: {
      outbox,
      owing: async function* () {
        yield* owing;
      },
    },
    clock: time.clock,
    timers: {
      after: (ms, run) => {
        pauses.push(ms);
        return time.after(ms, run);
      },
    },
    backoff: new Backoff({ clock: time.clock, random: seededRandom(1) }),
    admit: (_key, owed) => admit(owed),
    fullRooms: full,
    failed: () => {},
  });
  return { time, filled, reads, pauses };
}

test("a mailbox is read on from where nothing more was taken, for the one who takes more now", async () => {
  let room = 0;
  const taken: string[] = [];
  const { filled, reads } = refill(({ key }) => (room-- > 0 ? void taken.push(key) : "ben"));
  filled.reread("ann");
  await filled.reading;
  expect(reads).toEqual(["", "0255\0", "0511\0"]);
  room = 300;
  filled.ready("cleo");
  expect(filled.reading).toBeUndefined();
  filled.ready("ben");
  await filled.reading;
  expect([taken.length, taken.at(-1), reads.slice(3)]).toEqual([300, "0299", ["0000", "0255\0"]]);
  room = 1_000;
  filled.ready("ben");
  await filled.reading;
  expect([taken.length, new Set(taken).size, filled.size]).toEqual([600, 600, 0]);
});

test("what waits for something that is never told is found all the same, in ten minutes", async () => {
  let isOpen = false;
  let taken = 0;
  const { time, filled } = refill(() => (isOpen ? void taken++ : "ben"));
  filled.reread("ann");
  await filled.reading;
  isOpen = true;
  time.advance(599_000);
  await filled.reading;
  expect(taken).toBe(0);
  time.advance(2_000);
  await filled.reading;
  expect([taken, filled.size]).toEqual([600, 0]);
});

test("while no room is free nothing is waited for but room, though all outboxes are still to be gone through", async () => {
  let full = ["room:inside"];
  let taken = 0;
  const { time, filled, pauses } = refill(() => void taken++, { full: () => full, owing: ["ann"] });
  await filled.all();
  time.advance(5_000);
  await filled.reading;
  expect([taken, pauses]).toEqual([0, []]);
  full = [];
  filled.ready("room:inside");
  await filled.reading;
  expect([taken, filled.size]).toEqual([600, 0]);
});

test("a mailbox that could be read again is not left alone longer than at first when it fails another time", async () => {
  let failures = 0;
  const { time, filled, pauses } = refill(() => undefined, { fails: () => failures-- > 0 });
  const trouble = async (count: number) => {
    failures = count;
    pauses.length = 0;
    filled.reread("ann");
    for (let second = 0; second < 60; second++) {
      await filled.reading;
      time.advance(1_000);
    }
    return Math.max(...pauses);
  };
  expect(await trouble(5)).toBeGreaterThan(8_000);
  expect(await trouble(1)).toBeLessThanOrEqual(1_000);
});
