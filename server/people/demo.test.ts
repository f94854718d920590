import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { IdMinter, isId } from "@/domain/id";
import { emptyDatabase, openTestDatabase } from "../../testkit/database-template";
import type { Database } from "./db/database";
import { DEMO_PASSWORD, DEMO_PEOPLE, seedPeople, welcome } from "./demo";
import { verifyPassword } from "./passwords";

let database: Database;
const minter = new IdMinter(Date.now, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
const seed = () => seedPeople({ prisma: database.prisma, clock: Date.now, mintId: () => minter.next(), domain: "braid.test" });

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => emptyDatabase(database));

test("everybody is there once, however often it is done", async () => {
  expect(await welcome(database.prisma, true)).toMatchObject({ demo: true, empty: true });
  const first = await seed();
  expect(await seed()).toEqual(first);
  expect([...first.keys()].sort()).toEqual(DEMO_PEOPLE.map(({ handle }) => handle).sort());
  expect([...first.values()].every(isId)).toBe(true);
  expect(await database.prisma.user.findMany({ where: { role: "admin" }, select: { handle: true } })).toEqual([{ handle: "ann" }]);
  expect(await database.prisma.address.count()).toBe(DEMO_PEOPLE.length);
  const accounts = await database.prisma.account.findMany();
  for (const { password } of accounts) expect(await verifyPassword({ hash: password ?? "", password: DEMO_PASSWORD })).toBe(true);
});

test("a Braid that has an account of its own gets no accounts with a public password", async () => {
  await database.prisma.user.create({ data: { id: "x", name: "X", handle: "ann", email: "ann@braid.test", hue: 1, prefixes: [] } });
  await seed();
  expect(await database.prisma.user.count()).toBe(1);
  expect(await welcome(database.prisma, false)).toEqual({ demo: false, empty: false, people: [] });
});
