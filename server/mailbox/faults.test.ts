import { expect, test } from "vitest";
import { type MutateResult, type RowMutation, StoreError, type TableSchema } from "@/storage/wide-column/contract";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { type Fault, FaultPlan } from "@/storage/wide-column/drivers/memory/faults";
import { messagingWorld, TestTime } from "@/testkit/messaging";
import { seededRandom } from "@/testkit/random";
import { MAILBOX_TABLES } from "./schema";

async function worldWithFaults() {
  const faults = new FaultPlan();
  const world = messagingWorld({ faults });
  const [ann, ben] = [world.person("ann"), world.person("ben")];
  const { thread } = await world.sending.start(ann, ["ben"], "maker-start");
  await world.sending.send(ann, thread.id, "before", "client-before");
  await world.settle();
  const texts = async (user: string) => (await world.reads.messages(user, thread.id, { limit: 100 })).messages.map(({ text }) => text);
  return { world, faults, ann, ben, thread, texts };
}

test("a lost answer is resolved by the log: what was written counts once", async () => {
  const { world, faults, ann, ben, thread, texts } = await worldWithFaults();
  faults.add("unknown-applied");
  await world.sending.send(ann, thread.id, "applied", "client-applied");
  await world.settle();
  expect(await texts(ann)).toEqual(["before", "applied"]);
  expect(await texts(ben)).toEqual(["before", "applied"]);
});

/** A store where a change whose answer was lost is still on its way, and lands right before the next change of any row. */
class LateStore extends MemoryStore {
  late = false;
  #onItsWay: (() => Promise<unknown>) | undefined;

  protected override async _batch(schema: TableSchema, rows: readonly RowMutation[]): Promise<MutateResult[]> {
    if (this.late) {
      this.late = false;
      this.#onItsWay = () => super._batch(schema, rows);
      throw new StoreError("unknown-outcome", "The answer was lost.");
    }
    const before = this.#onItsWay;
    this.#onItsWay = undefined;
    await before?.();
    return super._batch(schema, rows);
  }
}

test("a change that lands while its owner asks for the epoch is seen as done", async () => {
  const time = new TestTime();
  const store = new LateStore({ schemas: [...MAILBOX_TABLES], clock: time.clock });
  const world = messagingWorld({ store, time });
  const [ann, ben] = [world.person("ann"), world.person("ben")];
  const { thread } = await world.sending.start(ann, ["ben"], "maker-start");
  await world.settle();
  store.late = true;
  await world.sending.send(ann, thread.id, "late", "client-late"); // refused as lost if the log were read before the fence
  await world.settle();
  for (const user of [ann, ben]) expect((await world.reads.messages(user, thread.id, { limit: 10 })).messages.map(({ text }) => text)).toEqual(["late"]);
});

test("a lost answer that was not written is a failure, and a repeat sends once", async () => {
  const { world, faults, ann, ben, thread, texts } = await worldWithFaults();
  faults.add("unknown-not-applied");
  await expect(world.sending.send(ann, thread.id, "again", "client-again")).rejects.toMatchObject({ code: "store/unavailable" });
  await world.sending.send(ann, thread.id, "again", "client-again");
  await world.settle();
  expect(await texts(ann)).toEqual(["before", "again"]);
  expect(await texts(ben)).toEqual(["before", "again"]);
});

test("a full disk or an absent store changes nothing, and says so", async () => {
  const { world, faults, ann, thread, texts } = await worldWithFaults();
  for (const [fault, code] of [
    ["full", "store/full"],
    ["unavailable", "store/unavailable"],
  ] as const) {
    faults.add(fault);
    await expect(world.sending.send(ann, thread.id, "lost", `client-${fault}`)).rejects.toMatchObject({ code });
  }
  expect(await texts(ann)).toEqual(["before"]);
});

test("an owner that was replaced is fenced by the store", async () => {
  const { world, ann, ben, thread, texts } = await worldWithFaults();
  const other = messagingWorld({ store: world.store, time: world.time, seed: 2 });
  for (const handle of ["ann", "ben"]) other.person(handle);
  await other.sending.send(ann, thread.id, "from the new owner", "client-new");
  await other.settle();
  await world.sending.send(ann, thread.id, "from the old owner", "client-old");
  for (let i = 0; i < 10; i++) {
    await Promise.all([world.settle(), other.settle()]);
    world.time.advance(2_000);
  }
  expect(await texts(ann)).toEqual(["before", "from the new owner", "from the old owner"]);
  const { entries } = await world.reads.sync(ann, 0, 200);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
  expect(entries.flatMap(({ action }) => (action.type === "MessageSent" ? [action.message.text] : []))).toEqual([
    "before",
    "from the new owner",
    "from the old owner",
  ]);
  expect(await texts(ben)).toHaveLength(3);
});

test("random faults under a random load: every answered send is there once, in the same order for both", async () => {
  const kinds = ["unavailable", "unknown-applied", "unknown-not-applied", "full", undefined, undefined, undefined, undefined] as const;
  const chance = seededRandom(7);
  const faults = { next: () => kinds[(chance(1)[0] as number) % kinds.length] };
  let armed = false;
  const world = messagingWorld({ faults: { next: () => (armed ? faults.next() : undefined) } });
  const [ann, ben] = [world.person("ann"), world.person("ben")];
  const { thread } = await world.sending.start(ann, ["ben"], "maker-start");
  await world.sending.send(ben, (await world.sending.start(ben, ["ann"], "maker-ben-1")).thread.id, "first", "client-first");
  armed = true;
  const answered: string[] = [];
  for (let i = 0; i < 200; i++)
    await world.sending
      .send(i % 2 ? ann : ben, thread.id, `m${i}`, `client-${1000 + i}`)
      .then(() => answered.push(`m${i}`))
      .catch(() => {});
  armed = false;
  for (let i = 0; i < 5 || world.deliverer.pending > 0; i++) {
    await world.settle();
    world.time.advance(2_000);
  }
  await world.settle();
  const texts = async (user: string) => (await world.reads.messages(user, thread.id, { limit: 200 })).messages.map(({ text }) => text);
  const [mine, theirs] = [await texts(ann), await texts(ben)];
  expect(mine).toEqual(theirs);
  expect(new Set(mine).size).toBe(mine.length);
  expect(answered.length).toBeGreaterThan(50);
  expect(mine).toEqual(expect.arrayContaining(answered));
  expect(world.deliverer.pending).toBe(0);
});

test("what was written although nobody could tell is shown to its owner's devices when the mailbox is opened again", async () => {
  const planned: Fault[] = [];
  const world = messagingWorld({ faults: { next: (_table, [change]) => (change?.row.toString() === ben ? planned.shift() : undefined) } });
  const [ann, ben] = [world.person("ann"), world.person("ben")];
  const { thread } = await world.sending.start(ann, ["ben"], "maker-start");
  await world.sending.send(ann, thread.id, "before", "client-before");
  await world.settle();
  planned.push("unknown-applied", "unavailable");
  await world.sending.send(ann, thread.id, "in doubt", "client-doubt");
  for (let i = 0; i < 3; i++) {
    await world.settle();
    world.time.advance(2_000);
  }
  const told = world.commits.filter(({ user }) => user === ben).flatMap(({ entries }) => entries.map(({ seq }) => seq));
  expect(Math.max(...told)).toBe((await world.reads.open(ben)).head.seq);
  expect(planned).toEqual([]);
});
