import fc from "fast-check";
import { expect, test } from "vitest";
import type { Action } from "@/domain/action";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { anyActions, nth } from "@/testkit/actions";
import { badges, dumpDerived } from "@/testkit/dump";
import { messagingWorld } from "@/testkit/messaging";
import { realTimers } from "../platform/timers";
import { MailboxOwner } from "./owner";
import { dropDerived } from "./replay";
import { MailboxRow } from "./row";
import { MAILBOX_TABLES } from "./schema";

const USER = nth(1, 0);
let tokens = 0;
const open = (store: MemoryStore) =>
  MailboxOwner.open({ store, token: () => `t${tokens++}`, announce() {}, uncertain() {}, timers: realTimers, patience: 0 }, USER);

/** Commits the actions in turns of their own, as they came; then drops all that is derived and folds the log again. */
async function derivedTwice(actions: readonly Action[]) {
  const store = new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: () => 1 });
  const owner = await open(store);
  await Promise.all(actions.map((action) => owner.commit(action.maker, () => [action])));
  const before = await dumpDerived(store, USER);
  const badge = await badges(store, USER);
  await dropDerived(store, new MailboxRow(store, USER));
  const emptied = await dumpDerived(store, USER);
  await open(store);
  return { before, emptied, after: await dumpDerived(store, USER), badge };
}

test("10,000 random sequences: dropping what is derived and replaying the log restores it byte for byte; the badge is what the inbox shows", async () => {
  await fc.assert(
    fc.asyncProperty(anyActions, async (actions) => {
      const { before, emptied, after, badge } = await derivedTwice(actions);
      if (emptied.length !== 0 || before.length === 0) throw new Error("nothing was dropped");
      if (before.join("\n") !== after.join("\n"))
        throw new Error(
          `differs:\n${before.filter((line) => !after.includes(line)).join("\n")}\n---\n${after.filter((line) => !before.includes(line)).join("\n")}`,
        );
      expect(badge.said).toEqual(badge.shown);
    }),
    { numRuns: 10_000, seed: 20_101_115 },
  );
}, 240_000);

test("a mailbox that lived through a conversation replays to the same bytes", async () => {
  const world = messagingWorld();
  const [ann, ben] = [world.person("ann"), world.person("ben"), world.person("cleo")];
  const { thread } = await world.sending.start(ann, ["ben", "nora@elsewhere.org"], "maker-start");
  for (let i = 0; i < 50; i++) await world.sending.send(i % 3 ? ann : ann, thread.id, `message ${i}`, `client-${1000 + i}`);
  await world.settle();
  await world.groups.add(ann, thread.id, ["cleo"], "add-cleo-1");
  await world.settle();
  const last = (await world.reads.thread(ben, thread.id)).thread.last;
  await world.acts.read(ben, thread.id, last?.messageId ?? "", "read-all-1");
  await world.acts.saveDraft(ben, thread.id, "half a thought", "draft-001");
  await world.settle();
  for (const user of [ann, ben]) {
    const before = await dumpDerived(world.store, user);
    await dropDerived(world.store, new MailboxRow(world.store, user));
    await MailboxOwner.open({ store: world.store, token: () => `t${tokens++}`, announce() {}, uncertain() {}, timers: realTimers, patience: 0 }, user);
    expect(await dumpDerived(world.store, user)).toEqual(before);
  }
});
