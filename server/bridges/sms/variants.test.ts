import { expect, test } from "vitest";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { Consent } from "./consent";
import { NumberPool } from "./pool";
import { SmsRows } from "./rows";
import { Submissions } from "./submissions";
import { SMS_TABLES } from "./tables";

const [SHORT, LONG, ONE, TWO] = ["+551187654321", "+5511987654321", "+12025550101", "+12025550102"];
const rowsAt = (clock: () => number) => new SmsRows(new MemoryStore({ schemas: SMS_TABLES, clock }));

test("STOP from either number of a phone counts for both, and so does what was said before there were keys", async () => {
  let now = 1_000;
  const rows = rowsAt(() => now);
  const consent = () => new Consent(rows, () => now);
  await rows.put("pair", new Map([[`c:${LONG}`, { consent: { stopped: true, at: 10 } }]]));
  expect([await consent().allows(SHORT), await consent().allows(LONG)]).toEqual([false, false]);
  expect(await consent().say(LONG, false, "text-1")).toBe(true);
  expect([await consent().allows(SHORT), await consent().allows(LONG)]).toEqual([true, true]);
  now++;
  await consent().say(SHORT, true, "text-2");
  expect([await consent().allows(SHORT), await consent().allows(LONG)]).toEqual([false, false]);
});

test("a number of ours stands for one conversation on a phone, whichever number the network writes", async () => {
  const rows = rowsAt(() => 1);
  const pool = () => new NumberPool(rows, () => 1);
  await rows.put("pair", new Map([[`p:${LONG}`, { now: [{ number: ONE, threadId: "a", user: "ann", at: 1 }] }]]));
  expect(await pool().find(SHORT, ONE)).toMatchObject({ threadId: "a" });
  expect(await pool().foresee(SHORT, "b", [ONE, TWO])).toEqual({ number: TWO, isNew: true });
  expect(await pool().assign(SHORT, { threadId: "b", user: "ben" }, [ONE, TWO])).toEqual({ number: TWO, isNew: true });
  const again = pool();
  expect(await again.find(LONG, ONE)).toMatchObject({ threadId: "a" });
  expect(await again.find(LONG, TWO)).toMatchObject({ threadId: "b" });
});

test("a receipt from either number is of the message that went to the other", async () => {
  const submissions = new Submissions(rowsAt(() => 1));
  const of = { user: "ann", threadId: "t", messageId: "m", to: LONG };
  const plan = { carrier: "north", from: ONE, text: "Hello", reference: 1, segments: 1, encoding: "gsm7", pieces: 1, asked: 1 } as const;
  const news = { state: "delivered", at: 2 } as const;
  expect(await submissions.receipt("north", "id-2", [SHORT], news)).toBeUndefined();
  await submissions.keep(of, plan, 0, "id-1");
  expect(await submissions.receipt("north", "id-1", [SHORT], news)).toMatchObject({ of });
  expect(await submissions.receipt("north", "id-1", ["+551187654322"], news)).toBeUndefined();
  const early = { ...of, messageId: "m2" };
  await submissions.keep(early, plan, 0, "id-2");
  expect((await submissions.progress(early))?.state).toBe("delivered");
});
