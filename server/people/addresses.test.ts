import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { IdMinter } from "@/domain/id";
import { emptyDatabase, openTestDatabase } from "../../testkit/database-template";
import { AddressBook } from "./addresses";
import type { Database } from "./db/database";

let database: Database;
let book: AddressBook;
let sent: { to: string; code: string; name: string }[];
let changed: string[];
let now: number;
let counter = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database);
  [sent, changed, now] = [[], [], 1_900_000_000_000];
  const clock = () => now;
  const random = (bytes: number) => new Uint8Array(bytes).fill(++counter);
  const minter = new IdMinter(clock, random);
  book = new AddressBook({
    prisma: database.prisma,
    clock,
    random,
    mintId: () => minter.next(),
    secret: "secret",
    domain: "braid.test",
    sendCode: async (mail) => void sent.push(mail),
    changed: (userId, address) => void changed.push(`${userId} ${address}`),
  });
  for (const handle of ["ann", "ben"])
    await database.prisma.user.create({ data: { id: handle, name: `The ${handle}`, handle, email: `${handle}@braid.test`, hue: 1, prefixes: [] } });
});

const MINUTE = 60_000;
const lastCode = () => sent[sent.length - 1]?.code ?? "";
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
const fails = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });

test("a code that comes back proves an address", async () => {
  await book.claim("ann", " Ann@Example.org ");
  expect(sent).toEqual([{ to: "ann@example.org", code: expect.stringMatching(/^\d{6}$/), name: "The ann" }]);
  expect(await book.list("ann")).toEqual([{ email: "ann@example.org" }]);
  await book.confirm("ann", "ann@example.org", ` ${lastCode()} `);
  expect(await book.list("ann")).toEqual([{ email: "ann@example.org", verifiedAt: now }]);
  expect(changed).toEqual(["ann ann@example.org"]);
});

test("the code itself is not stored", async () => {
  await book.claim("ann", "ann@example.org");
  expect(JSON.stringify(await database.prisma.addressChallenge.findMany())).not.toContain(lastCode());
});

test("a code is for one account and one address, for fifteen minutes, once", async () => {
  await book.claim("ann", "ann@example.org");
  const code = lastCode();
  await fails(book.confirm("ben", "ann@example.org", code), "address/wrong-code");
  await fails(book.confirm("ann", "other@example.org", code), "address/wrong-code");
  now += 15 * MINUTE;
  await fails(book.confirm("ann", "ann@example.org", code), "address/wrong-code");
  await book.claim("ann", "ann@example.org");
  await book.confirm("ann", "ann@example.org", lastCode());
  await book.remove("ann", "ann@example.org");
  await fails(book.confirm("ann", "ann@example.org", lastCode()), "address/wrong-code");
});

test("a new code takes the place of the last", async () => {
  await book.claim("ann", "ann@example.org");
  const first = lastCode();
  await book.claim("ann", "ann@example.org");
  await fails(book.confirm("ann", "ann@example.org", first), "address/wrong-code");
  await book.confirm("ann", "ann@example.org", lastCode());
});

test("after five wrong tries the right code is wrong too, also when they come at once", async () => {
  await book.claim("ann", "ann@example.org");
  const tries = Array.from({ length: 8 }, () => book.confirm("ann", "ann@example.org", other(lastCode())));
  expect((await Promise.allSettled(tries)).every(({ status }) => status === "rejected")).toBe(true);
  await fails(book.confirm("ann", "ann@example.org", lastCode()), "address/wrong-code");
});

test("three codes an hour for an account, also when they are asked for at once", async () => {
  const claims = await Promise.allSettled(["a", "b", "c", "d", "e"].map((name) => book.claim("ann", `${name}@example.org`)));
  expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  await fails(book.claim("ann", "f@example.org"), "request/too-many");
  await book.claim("ben", "f@example.org");
  now += 60 * MINUTE;
  await book.claim("ann", "f@example.org");
});

test("three codes an hour for an address, whoever asks", async () => {
  for (const user of ["ann", "ann", "ben"]) await book.claim(user, "ann@example.org");
  await fails(book.claim("ben", "ann@example.org"), "request/too-many");
});

test("that an address is another's shows only to who can read its mail", async () => {
  await book.claim("ann", "ann@example.org");
  await book.confirm("ann", "ann@example.org", lastCode());
  await book.claim("ben", "ann@example.org");
  expect(sent).toHaveLength(2);
  await fails(book.confirm("ben", "ann@example.org", other(lastCode())), "address/wrong-code");
  await fails(book.confirm("ben", "ann@example.org", lastCode()), "address/taken");
  expect(await book.list("ann")).toHaveLength(1);
  expect((await book.list("ben")).filter(({ verifiedAt }) => verifiedAt !== undefined)).toEqual([]);
});

test("two who can both read it: one gets it", async () => {
  await book.claim("ann", "shared@example.org");
  const forAnn = lastCode();
  await book.claim("ben", "shared@example.org");
  const answers = await Promise.allSettled([book.confirm("ann", "shared@example.org", forAnn), book.confirm("ben", "shared@example.org", lastCode())]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await database.prisma.address.count()).toBe(1);
});

test("one's own address again is no work", async () => {
  await book.claim("ann", "ann@example.org");
  await book.confirm("ann", "ann@example.org", lastCode());
  await book.claim("ann", "ann@example.org");
  expect(sent).toHaveLength(1);
});

test.each(["no address", "ann@braid.test", ""])("%s cannot be claimed", (text) => fails(book.claim("ann", text), "address/invalid"));
