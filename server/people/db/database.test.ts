import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, quickDirectory } from "../../../testkit/database-template";
import { type Database, openDatabase } from "./database";

let dir: string;
beforeEach(() => {
  dir = quickDirectory();
});
afterEach(() => rmSync(dir, { recursive: true }));

const verification = (id: string) => ({ id, identifier: id, value: "", expiresAt: new Date(0) });

describe("a database", () => {
  let database: Database;
  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database.close());

  test("an error leaves the session in step for the next query", async () => {
    await database.prisma.verification.create({ data: verification("a") });
    await expect(database.prisma.verification.create({ data: verification("a") })).rejects.toMatchObject({ code: "P2002" });
    expect(await database.prisma.verification.count()).toBe(1);
  });

  test("a transaction that fails leaves nothing, and others wait for one that runs", async () => {
    const { prisma } = database;
    const failed = prisma.$transaction(async (tx) => {
      await tx.verification.create({ data: verification("a") });
      throw new Error("changed my mind");
    });
    const beside = prisma.verification.create({ data: verification("b") });
    await expect(failed).rejects.toThrow("changed my mind");
    await beside;
    expect((await prisma.verification.findMany()).map(({ id }) => id)).toEqual(["b"]);
  });

  test("answers larger than any buffer come whole", async () => {
    await database.prisma.verification.create({ data: { ...verification("a"), value: "x".repeat(3_000_000) } });
    expect((await database.prisma.verification.findFirst())?.value.length).toBe(3_000_000);
  });
});

describe("a database in a directory", () => {
  test("keeps what it holds, and lets one process in at a time", async () => {
    const first = await openTestDatabase({ dataDir: dir });
    await first.prisma.verification.create({ data: verification("a") });
    await expect(openTestDatabase({ dataDir: dir })).rejects.toMatchObject({ code: "ELOCKED" });
    await first.close();
    const second = await openTestDatabase({ dataDir: dir });
    expect(await second.prisma.verification.count()).toBe(1);
    await second.close();
  });

  test("is made from nothing where there is no template", { timeout: 60_000 }, async () => {
    const database = await openDatabase({ dataDir: dir, template: join(dir, "nowhere") });
    expect(await database.prisma.user.count()).toBe(0);
    await database.close();
  });

  test("begins anew where making it was cut short", async () => {
    mkdirSync(join(dir, "cluster.new", "base"), { recursive: true });
    writeFileSync(join(dir, "cluster.new", "PG_VERSION"), "18\n");
    const database = await openTestDatabase({ dataDir: dir });
    await database.ping();
    await database.close();
  });

  test("clears away rows that are gone", async () => {
    const { prisma, close } = await openTestDatabase({ dataDir: dir, upkeepAfter: 2 * 1024 * 1024 });
    await prisma.$executeRaw`CREATE TABLE t AS SELECT g AS i, repeat('x', 500) AS x FROM generate_series(1, 5000) g`;
    const size = async () => Number((await prisma.$queryRaw<{ size: bigint }[]>`SELECT pg_relation_size('t') AS size`)[0]?.size);
    const first = await size();
    for (let i = 0; i < 8; i++) await prisma.$executeRaw`UPDATE t SET i = i + 1`;
    expect(await size()).toBeLessThan(6 * first);
    await close();
  });

  test("forgets WAL that it no longer needs", async () => {
    const { prisma, close } = await openTestDatabase({ dataDir: dir, upkeepAfter: 4 * 1024 * 1024 });
    const walBytes = () => {
      const wal = join(dir, "cluster", "pg_wal");
      return readdirSync(wal, { withFileTypes: true }).reduce((sum, file) => sum + (file.isFile() ? statSync(join(wal, file.name)).size : 0), 0);
    };
    await prisma.$executeRaw`CREATE TABLE t (i int, x text)`;
    for (let i = 0; i < 12; i++) await prisma.$executeRaw`INSERT INTO t SELECT g, repeat('x', 1000) FROM generate_series(1, 5000) g`;
    expect(walBytes()).toBeLessThan(40 * 1024 * 1024);
    await close();
  });
});

test("a folder without migrations is refused with its path", async () => {
  await expect(openDatabase({ dataDir: dir, migrations: join(dir, "nowhere") })).rejects.toThrow(join(dir, "nowhere"));
});
