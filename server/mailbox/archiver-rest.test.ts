import { expect, test } from "vitest";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { nth } from "@/testkit/actions";
import { TINY } from "@/testkit/archiving";
import { Archiver } from "./archiver";
import type { Mailboxes } from "./mailboxes";
import { MAILBOX_TABLES } from "./schema";

/** An archiver with two things to do, on a clock that moves `step` whenever it is looked at. Both fail, once `go` is called. */
function busy(step: number) {
  let [now, go] = [0, () => {}];
  const rests: number[] = [];
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const archiver = new Archiver({
    store: new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1 }),
    mailboxes: { read: () => gate.then(() => Promise.reject(new Error("It is down."))) } as unknown as Mailboxes,
    clock: () => (now += step),
    timers: {
      after(ms) {
        rests.push(ms);
        return () => {};
      },
    },
    random: () => new Uint8Array(1),
    limits: { ...TINY, rest: 4 },
    stumbled() {},
  });
  const [threadId, id] = [nth(2, 0), nth(3, 0)];
  const message = { id, threadId, from: nth(1, 1), channel: "chat", at: 1, text: "m" } as const;
  const action = { type: "MessageArrived", at: 1, maker: "m", threadId, message, folder: "messages", unread: true } as const;
  archiver.take({ user: nth(1, 0), entries: [{ seq: 1, action }], owed: new Map(), threads: new Map() });
  return { archiver, rests, go: () => go() };
}

test("an archiver that is told to stop during a block does not rest after it", async () => {
  const { archiver, rests, go } = busy(1_000);
  const stopped = archiver.stop();
  go();
  await stopped;
  expect(rests).toEqual([]);
});

test("a clock that jumps makes no rest of days", async () => {
  const { archiver, rests, go } = busy(86_400_000);
  go();
  await expect.poll(() => rests).toEqual([60_000]);
  await archiver.stop();
});
