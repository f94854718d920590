import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, type OwnOptions, openDatabase } from "../server/people/db/database";
import { readMigrations } from "../server/people/db/migrate";
import { templateName, writeTemplate } from "../server/people/db/template";

const CACHE = "node_modules/.cache/braid";
const MEMORY = "/dev/shm";
/** Bytes: a few databases of 30 MB. */
const ENOUGH = 512 * 1024 * 1024;

/** A directory with a migrated, empty database; made once for each set of migrations. */
export async function databaseTemplate(): Promise<string> {
  const migrations = readMigrations("prisma/migrations");
  const path = join(CACHE, templateName(migrations));
  if (!existsSync(path)) await writeTemplate(path, migrations);
  return path;
}

/** A real database for a test, ready in a third of a second. Without a directory it has one of its own, which goes when it is closed. */
export async function openTestDatabase(options: Partial<OwnOptions> = {}): Promise<Database> {
  const dataDir = options.dataDir ?? quickDirectory();
  const database = await openDatabase({ template: await databaseTemplate(), ...options, dataDir });
  const close = async () => {
    await database.close();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true });
  };
  return { ...database, close };
}

/** Everything out of the tables; a hundred times quicker than another database. */
export async function emptyDatabase({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`TRUNCATE "User", "Verification", "PhoneMove" CASCADE`;
}

/** A new directory where a sync costs nothing, if the machine has such a place; for tests that are not about the disk. */
export const quickDirectory = (): string => mkdtempSync(join(hasMemory() ? MEMORY : tmpdir(), "braid-"));

function hasMemory(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ENOUGH;
}
