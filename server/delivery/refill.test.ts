import { expect, test } from "vitest";
import { TestTime } from "@/testkit/messaging";
import { receipt } from "@/testkit/outgoing";
import { seededRandom } from "@/testkit/random";
import { Backoff } from "./backoff";
import type { Owed } from "./owed";
import { Refill } from "./refill";

function refill(admit: (owed: Owed) => string | undefined) {
  const time = new TestTime();
  const entries = Array.from({ length: 600 }, (_, n) => ({ key: String(n).padStart(4, "0"), entry: receipt("ben", n) }));
  const reads: string[] = [];
  const outbox = async (_user: string, limit: number, from: string) => {
    reads.push(from);
    return entries.filter(({ key }) => key >= from).slice(0, limit);
  };
  const filled = new Refill({
    mailboxes: { outbox, owing: async function* () {} },
    clock: time.clock,
    timers: time,
    backoff: new Backoff({ clock: time.clock, random: seededRandom(1) }),
    admit: (_key, owed) => admit(owed),
    fullRooms: () => [],
    failed: () => {},
  });
  return { time, filled, reads };
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
