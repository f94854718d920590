import { expect, test } from "vitest";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { FaultPlan } from "@/storage/wide-column/drivers/memory/faults";
import { messagingWorld } from "@/testkit/messaging";
import { Rosters } from "./rosters";
import { MAILBOX_TABLES, ROSTER } from "./schema";

const schemas = [...MAILBOX_TABLES];

test("a group whose roster cannot be written is refused with the store's own code", async () => {
  const faults = new FaultPlan();
  const world = messagingWorld({ faults: { next: (table) => (table === ROSTER.name ? faults.next() : undefined) } });
  const ann = world.person("ann");
  for (const handle of ["ben", "cleo"]) world.person(handle);
  faults.add("full");
  await expect(world.sending.start(ann, ["ben", "cleo"], "start-full")).rejects.toMatchObject({ code: "store/full" });
  const { thread } = await world.sending.start(ann, ["ben", "cleo"], "start-ok-1");
  faults.add("unavailable");
  await expect(world.groups.rename(ann, thread.id, "Hut", "rename-1")).rejects.toMatchObject({ code: "store/unavailable" });
});

test.each(["unknown-applied", "unknown-not-applied"] as const)("a lost answer (%s) to somebody's leaving is resolved: they get nothing new", async (fault) => {
  const faults = new FaultPlan();
  const world = messagingWorld({ faults: { next: (table) => (table === ROSTER.name ? faults.next() : undefined) } });
  const [ann, ben] = [world.person("ann"), world.person("ben"), world.person("cleo")];
  const { thread } = await world.sending.start(ann, ["ben", "cleo"], "maker-start");
  await world.sending.send(ann, thread.id, "before", "client-before");
  await world.settle();
  faults.add(fault);
  await world.groups.leave(ben, thread.id, "leave-ben");
  await world.settle();
  await world.sending.send(ann, thread.id, "after", "client-after");
  await world.settle();
  expect((await world.reads.messages(ben, thread.id, { limit: 10 })).messages.map(({ text }) => text)).not.toContain("after");
  expect((await world.reads.thread(ann, thread.id)).thread.people).not.toContain(ben);
});

test("a reading that was under way during a change does not bring the old roster back", async () => {
  const store = new MemoryStore({ schemas, clock: () => 1 });
  await new Rosters(store).begin("g", ["ann", "ben", "cleo"], 1);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let slow = true;
  const get: WideColumnStore["get"] = async (...asked) => {
    const row = await store.get(...asked);
    if (slow) {
      slow = false;
      await held;
    }
    return row;
  };
  const rosters = new Rosters(new Proxy(store, { get: (of, name) => (name === "get" ? get : Reflect.get(of, name).bind(of)) }));
  const early = rosters.get("g");
  await rosters.change("g", 2, "leave-ben", () => ({ people: ["ann", "cleo"] }));
  release();
  await early;
  expect((await rosters.get("g"))?.people).toEqual(["ann", "cleo"]);
});
