import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { litePool } from "./lite-pool";
import { LiteServer } from "./lite-server";
import { type Migration, migrate } from "./migrate";

/** Writes a directory with an empty database, all migrations applied, that others can be copied from. One that is there already stays. */
export async function writeTemplate(path: string, migrations: readonly Migration[]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const draft = mkdtempSync(`${path}.`);
  try {
    await makeMigrated(draft, migrations);
    renameSync(join(draft, "cluster"), path);
  } catch (error) {
    if (!existsSync(path)) throw error; // else another process was quicker
  } finally {
    rmSync(draft, { recursive: true });
  }
}

async function makeMigrated(dir: string, migrations: readonly Migration[]): Promise<void> {
  const server = new LiteServer({ dir });
  const pool = litePool(server);
  try {
    const client = await pool.connect();
    await migrate(client, migrations);
    client.release();
  } finally {
    await pool.end();
    await server.close();
  }
}

/** A name that changes when a migration does. */
export function templateName(migrations: readonly Migration[]): string {
  const hash = createHash("sha256");
  for (const { name, checksum } of migrations) hash.update(`${name} ${checksum}\n`);
  return `people-${hash.digest("hex").slice(0, 16)}`;
}
