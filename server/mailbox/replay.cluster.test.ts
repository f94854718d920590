import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Action } from "@/domain/action";
import type { Id } from "@/domain/id";
import { openStore } from "@/storage/wide-column/drivers/hbase/testing/cluster";
import { anyActions, nth } from "@/testkit/actions";
import { badges, dumpDerived } from "@/testkit/dump";
import { messagingWorld, TestTime } from "@/testkit/messaging";
import { realTimers } from "../platform/timers";
import { MailboxOwner } from "./owner";
import { dropDerived } from "./replay";
import { MailboxRow } from "./row";
import { MAILBOX_TABLES } from "./schema";

const time = new TestTime();
let opened: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  opened = await openStore({ schemas: MAILBOX_TABLES, clock: time.clock });
});
afterAll(() => opened.drop());

let tokens = 0;
const open = (user: Id) =>
  MailboxOwner.open({ store: opened.store, token: () => `t${tokens++}`, announce() {}, uncertain() {}, timers: realTimers, patience: 0 }, user);

test("what is derived is the same after dropping it and folding the log again, on HBase too", async () => {
  let users = 0;
  const property = fc.asyncProperty(anyActions, async (actions: readonly Action[]) => {
    const user = nth(1, ++users);
    const owner = await open(user);
    await Promise.all(actions.map((action) => owner.commit(action.maker, () => [action])));
    const before = await dumpDerived(opened.store, user);
    const badge = await badges(opened.store, user);
    await dropDerived(opened.store, new MailboxRow(opened.store, user));
    expect(await dumpDerived(opened.store, user)).toEqual([]);
    await open(user);
    expect(await dumpDerived(opened.store, user)).toEqual(before);
    expect(badge.said).toEqual(badge.shown);
  });
  await fc.assert(property, { numRuns: 60, seed: 20_101_115 });
});

test("a conversation by chat and mail, with somebody who joins late, replays to the same bytes", async () => {
  const world = messagingWorld({ store: opened.store, time });
  const [ann, ben, cleo] = [world.person("ann"), world.person("ben"), world.person("cleo")];
  const { thread } = await world.sending.start(ann, ["ben", "nora@elsewhere.org"], "maker-start");
  for (let i = 0; i < 60; i++) await world.sending.send(ann, thread.id, `message ${i}`, `client-${1000 + i}`);
  await world.settle();
  await world.groups.add(ann, thread.id, ["cleo"], "add-cleo-1");
  await world.settle();
  const { messages } = await world.reads.messages(cleo, thread.id, { limit: 20 });
  const said = messages.filter(({ event }) => event === undefined).map(({ text }) => text);
  expect(said).toEqual(said.map((_, at) => `message ${60 - said.length + at}`)); // the newest, in order
  expect(said.length).toBeGreaterThan(15);
  for (const user of [ann, ben, cleo]) {
    const before = await dumpDerived(opened.store, user);
    expect(before.length).toBeGreaterThan(60);
    await dropDerived(opened.store, new MailboxRow(opened.store, user));
    await open(user);
    expect(await dumpDerived(opened.store, user)).toEqual(before);
  }
});
