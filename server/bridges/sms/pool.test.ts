import { beforeEach, expect, test } from "vitest";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { NumberPool } from "./pool";
import { SmsRows } from "./rows";
import { SMS_TABLES } from "./tables";

const [ONE, TWO, PHONE] = ["+15550001", "+15550002", "+15557777"];
let now = 0;
let store: MemoryStore;
const pool = () => new NumberPool(new SmsRows(store), () => now);
const thread = (name: string) => ({ threadId: name, user: `user-of-${name}` });
beforeEach(() => {
  now = 1_000_000_000;
  store = new MemoryStore({ schemas: SMS_TABLES, clock: () => now });
});

test("each conversation of a phone has a number of its own, and keeps it over a restart", async () => {
  const first = pool();
  expect(await first.assign(PHONE, thread("a"), [ONE, TWO])).toEqual({ number: ONE, isNew: true });
  expect(await first.assign(PHONE, thread("b"), [ONE, TWO])).toEqual({ number: TWO, isNew: true });
  expect(await pool().assign(PHONE, thread("a"), [ONE, TWO])).toEqual({ number: ONE, isNew: false });
  expect(await pool().find(PHONE, TWO)).toMatchObject({ threadId: "b", user: "user-of-b" });
  expect(await pool().find("+15558888", TWO)).toBeUndefined();
});

test("when all are in use, the one used least recently goes to the next, and it is said whose it was", async () => {
  const numbers = pool();
  for (const name of ["a", "b"]) await numbers.assign(PHONE, thread(name), [ONE, TWO]);
  now += 2 * 60 * 60_000;
  await numbers.assign(PHONE, thread("a"), [ONE, TWO]);
  expect(await numbers.assign(PHONE, thread("c"), [ONE, TWO])).toMatchObject({ number: TWO, isNew: true, taken: { threadId: "b" } });
  expect(await numbers.find(PHONE, TWO)).toMatchObject({ threadId: "c" });
  expect(await numbers.assign(PHONE, thread("b"), [ONE, TWO])).toMatchObject({ number: ONE, taken: { threadId: "a" } });
});

test("a number that is no longer ours is not used again", async () => {
  await pool().assign(PHONE, thread("a"), [ONE]);
  expect(await pool().assign(PHONE, thread("a"), [TWO])).toEqual({ number: TWO, isNew: true });
});

test("many conversations at once get different numbers", async () => {
  const all = Array.from({ length: 8 }, (_, i) => `+1555100${i}`);
  const [here, there] = [pool(), pool()];
  const given = await Promise.all(all.map((_, i) => (i % 2 ? here : there).assign(PHONE, thread(`t${i}`), all)));
  expect(new Set(given.map(({ number }) => number)).size).toBe(8);
});
