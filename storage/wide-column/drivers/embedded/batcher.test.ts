import { expect, it } from "vitest";
import { StoreError } from "../../contract";
import { Batcher } from "./batcher";

const limits = { waiting: { rows: 10, bytes: 1000 }, commit: { rows: 4, bytes: 100 } };
const one = { rows: 1, bytes: 1 };

/** Commits wait until they are let go; `commits` is what each was given. */
function given(outcome: (call: string) => StoreError | { applied: boolean }[] = () => [{ applied: true }]) {
  const commits: (readonly string[])[] = [];
  const waiting: (() => void)[] = [];
  const batcher = new Batcher<string>(limits, async (calls) => {
    commits.push(calls);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return calls.map(outcome);
  });
  const turn = () => new Promise(setImmediate);
  const letGo = async () => {
    while (waiting.length === 0) await turn();
    waiting.shift()?.();
    await turn();
  };
  return { batcher, commits, letGo };
}

it("gathers calls while a commit is under way, in their order, up to the size of a commit", async () => {
  const { batcher, commits, letGo } = given();
  const calls = ["a", "b", "c", "d", "e", "f"].map((call) => batcher.submit(call, one));
  await letGo();
  calls.push(batcher.submit("g", one), batcher.submit("large", { rows: 1, bytes: 500 }), batcher.submit("h", one));
  for (let left = 0; left < 3; left++) await letGo();
  await Promise.all(calls);
  expect(commits).toEqual([["a", "b", "c", "d"], ["e", "f", "g"], ["large"], ["h"]]);
  expect(batcher.waiting).toBe(0);
});

it("refuses what would wait too long, by rows and by bytes, and takes more when some are done", async () => {
  const { batcher, letGo } = given();
  const calls = Array.from({ length: 10 }, () => batcher.submit("call", one));
  await expect(batcher.submit("one too many", one)).rejects.toMatchObject({ kind: "overloaded" });
  await letGo();
  const large = batcher.submit("large", { rows: 1, bytes: 990 });
  await expect(batcher.submit("too large", { rows: 1, bytes: 10 })).rejects.toMatchObject({ kind: "overloaded" });
  for (let left = 0; left < 3; left++) await letGo();
  await Promise.all([...calls, large]);
});

it("takes a call that is larger than all limits when nobody waits", async () => {
  const { batcher, letGo } = given();
  const call = batcher.submit("huge", { rows: 100, bytes: 1_000_000 });
  await letGo();
  expect(await call).toEqual([{ applied: true }]);
});

it("gives each call its own outcome", async () => {
  const { batcher, letGo } = given((call) => (call === "bad" ? new StoreError("bad-request", "Bad.") : [{ applied: false }]));
  const settled = Promise.allSettled([batcher.submit("good", one), batcher.submit("bad", one)]);
  await letGo();
  expect(await settled).toMatchObject([{ value: [{ applied: false }] }, { reason: { kind: "bad-request" } }]);
});

it("fails a whole commit with its error, and goes on with the next", async () => {
  let commits = 0;
  const batcher = new Batcher<string>(limits, async (calls) => {
    commits++;
    if (commits === 1) throw new StoreError("full", "Full.");
    if (commits === 2) throw new TypeError("A bug.");
    return calls.map(() => []);
  });
  const calls = Array.from({ length: 10 }, () => batcher.submit("call", one));
  const settled = await Promise.allSettled(calls);
  expect(settled.slice(0, 4)).toMatchObject(Array(4).fill({ reason: { kind: "full" } }));
  expect(settled.slice(4, 8)).toMatchObject(Array(4).fill({ reason: { kind: "unknown-outcome" } }));
  expect(settled.slice(8)).toMatchObject(Array(2).fill({ status: "fulfilled" }));
});

it("is drained when nothing waits, not before", async () => {
  const { batcher, letGo } = given();
  let done = 0;
  const calls = Array.from({ length: 6 }, () => batcher.submit("call", one).then(() => done++));
  const drained = batcher.drained().then(() => done);
  await letGo();
  await letGo();
  expect(await drained).toBe(6);
  await Promise.all(calls);
});
