import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, type DatabaseOptions, openDatabase } from "../server/people/db/database";
import { readMigrations } from "../server/people/db/migrate";
import { templateName, writeTemplate } from "../server/people/db/template";

const CACHE = "node_modules/.cache/braid";

/** Path of a tar with a migrated, empty database; made once for each set of migrations. */
export async function databaseTemplate(): Promise<string> {
  const migrations = readMigrations("prisma/migrations");
  const path = join(CACHE, templateName(migrations));
  if (!existsSync(path)) await writeTemplate(path, migrations);
  return path;
}

/** A database of its own for a test: in memory unless told otherwise, ready in half a second. */
export const openTestDatabase = async (options: DatabaseOptions = {}): Promise<Database> => openDatabase({ template: await databaseTemplate(), ...options });

/** Everything out of the tables; a hundred times quicker than another database. */
export async function emptyDatabase({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`TRUNCATE "User", "Verification" CASCADE`;
}

/** A new directory where a sync costs nothing, if the machine has such a place; for tests that are not about the disk. */
export const quickDirectory = (): string => mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "braid-"));
