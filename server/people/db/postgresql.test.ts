import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Postgres, postgresPrograms, startPostgres } from "../../../testkit/postgres";
import { ensureAdmin } from "../admins";
import { openDatabase } from "./database";

const bin = postgresPrograms();

/** Here two really run at once, which PGlite's one session never does. */
describe.skipIf(bin === undefined)("a PostgreSQL server", () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? "");
  }, 60_000);
  afterAll(() => postgres?.stop());

  test("takes the same migrations, once, when two start at the same moment", async () => {
    const both = await Promise.all([openDatabase({ url: postgres.url }), openDatabase({ url: postgres.url })]);
    expect(both.map(({ kind }) => kind)).toEqual(["postgresql", "postgresql"]);
    const [applied] = await both[0].prisma.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM "_prisma_migrations" WHERE finished_at IS NOT NULL`;
    expect(Number(applied?.count)).toBe(readdirSync("prisma/migrations", { withFileTypes: true }).filter((entry) => entry.isDirectory()).length);
    await Promise.all(both.map(({ close }) => close()));
  });

  test("has one admin when several accounts are the first", { timeout: 30_000 }, async () => {
    const { prisma, close } = await openDatabase({ url: postgres.url });
    const signUp = async (age: number) => {
      const handle = `person${age}`;
      const createdAt = new Date(1_900_000_000_000 - age); // whoever commits last may be the oldest
      await prisma.user.create({ data: { id: handle, name: handle, handle, email: `${handle}@braid.test`, hue: 1, prefixes: [], createdAt } });
      await ensureAdmin(prisma);
    };
    for (let round = 0; round < 40; round++) {
      await prisma.user.deleteMany();
      await Promise.all([1, 2, 3, 4, 5, 6].map(signUp));
      expect(await prisma.user.count({ where: { role: "admin" } })).toBe(1);
    }
    await close();
  });

  test("that cannot be reached is said so", async () => {
    await expect(openDatabase({ url: "postgres://braid@127.0.0.1:1/postgres" })).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});
