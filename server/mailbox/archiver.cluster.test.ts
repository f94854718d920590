import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "@/storage/wide-column/drivers/hbase/testing/cluster";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { busyActions, nth } from "@/testkit/actions";
import { act, archivingOn, messageBlocks, seen } from "@/testkit/archiving";
import { dumpDerived } from "@/testkit/dump";
import { dropDerived } from "./replay";
import { MailboxRow } from "./row";
import { MAILBOX_TABLES } from "./schema";

const THREADS = [0, 1].map((n) => nth(2, n));
const MESSAGES = [0, 7, 15, 30].map((n) => nth(3, n));
const RUNS = 8;

let opened: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  opened = await openStore({ schemas: MAILBOX_TABLES, clock: Date.now });
});
afterAll(() => opened.drop());

test("on HBase too, people see the same with an archiver running, and a replay gives the same bytes", async () => {
  let users = 0;
  const property = fc.asyncProperty(busyActions, async (actions) => {
    const user = nth(1, ++users);
    const archiving = archivingOn(opened.store);
    const { mailboxes: without } = archivingOn(new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1 }));
    for (const [i, action] of actions.entries()) {
      const meanwhile = i % 5 === 0 ? archiving.all(user, THREADS) : undefined;
      await Promise.all([act(archiving.mailboxes, user, action), act(without, user, action), meanwhile]);
    }
    const expected = await seen(without, user, THREADS, MESSAGES);
    expect(await seen(archivingOn(opened.store).mailboxes, user, THREADS, MESSAGES)).toEqual(expected);
    const before = await dumpDerived(opened.store, user);
    await dropDerived(opened.store, new MailboxRow(opened.store, user));
    expect(await seen(archivingOn(opened.store).mailboxes, user, THREADS, MESSAGES)).toEqual(expected);
    expect(await dumpDerived(opened.store, user)).toEqual(before);
  });
  await fc.assert(property, { numRuns: RUNS, seed: 20_101_115, endOnFailure: true });
  expect(await messageBlocks(opened.store)).toBeGreaterThan(RUNS);
});
