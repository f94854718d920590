import { afterEach, beforeEach, expect, test } from "vitest";
import { IdMinter } from "@/domain/id";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { TestTime } from "@/testkit/messaging";
import { seededRandom } from "@/testkit/random";
import { SmsInbox, type WholeText } from "./inbox";
import { IncomingRows, type Taken } from "./incoming-rows";
import { SMS_TABLES } from "./tables";

const DAY = 24 * 60 * 60_000;
const HELLO: Taken = { carrier: "fake", from: "+12025550143", to: "+12025550101", text: "Hello", carrierId: "SM1", segments: 2 };
let time: TestTime;
let store: MemoryStore;
let inbox: SmsInbox;
let handed: WholeText[];
let isDown: boolean;

async function run(): Promise<void> {
  inbox = new SmsInbox({
    rows: new IncomingRows(store),
    mint: new IdMinter(time.clock, seededRandom(1)),
    ...{ clock: time.clock, timers: time, failed: () => {} },
    handle: async (text) => {
      if (isDown) throw new Error("not now");
      handed.push(text);
    },
  });
  await inbox.start();
}

beforeEach(async () => {
  time = new TestTime();
  store = new MemoryStore({ schemas: SMS_TABLES, clock: time.clock });
  [handed, isDown] = [[], false];
  await run();
});
afterEach(async () => {
  await inbox.stop();
  await store.close();
});

test("what has the carrier's id is taken once for ever, in later runs too; other ids are other messages", async () => {
  await Promise.all([inbox.take(HELLO, ""), inbox.take(HELLO, "")]);
  await inbox.idle();
  for (let runs = 0; runs < 2; runs++) {
    await inbox.stop();
    time.advance(30 * DAY);
    await run(); // forgets what is old
    await inbox.take({ ...HELLO, text: "other words" }, `run ${runs}`);
    await inbox.idle();
  }
  expect(handed.map(({ text, segments }) => [text, segments])).toEqual([["Hello", 2]]);
  await inbox.take({ ...HELLO, carrierId: "SM2" }, "");
  await inbox.take({ ...HELLO, carrier: "other" }, "");
  await inbox.idle();
  expect(handed.length).toBe(3);
});

test("a repeat finds what was kept and did not get where it belongs: nothing is waiting for the next start only", async () => {
  const rows = new IncomingRows(store);
  const row = rows.rowOf(HELLO);
  // As when the store kept it and its answer got lost: nobody here knows of it.
  expect(await rows.addOnce({ ...HELLO, id: "0123456789abcdefghjkmnpqrs", at: time.now, row })).toBe(true);
  await inbox.take(HELLO, "");
  await inbox.idle();
  expect(handed).toMatchObject([{ id: "0123456789abcdefghjkmnpqrs", text: "Hello" }]);
  expect(await rows.waiting(row)).toEqual([]);
});

test("what was taken and could not be handed over is, in the next run", async () => {
  isDown = true;
  await inbox.take({ ...HELLO, note: "[1 picture, not shown yet]" }, "");
  await inbox.stop();
  isDown = false;
  await run();
  await inbox.idle();
  expect(handed).toMatchObject([{ text: "Hello", note: "[1 picture, not shown yet]" }]);
});
