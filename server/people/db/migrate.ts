import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ClientBase } from "pg";

/** Byte for byte the table of Prisma's own migrate command, so that `prisma migrate status` agrees with us. */
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

/** The number Prisma locks with: whoever comes second waits and finds the work done. */
const LOCK = 72707369;

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the SQL, hex. */
  readonly checksum: string;
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** The migrations in a directory as Prisma lays it out, oldest first. Relative to where Braid was started. */
export function readMigrations(directory: string): Migration[] {
  if (!existsSync(directory)) throw new Error(`There are no migrations at ${resolve(directory)}. Start Braid in its own folder, where prisma/ is.`);
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => name)
    .sort()
    .map((name) => readMigration(name, join(directory, name, "migration.sql")));
}

function readMigration(name: string, path: string): Migration {
  const sql = readFileSync(path, "utf8");
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

/** Brings a database up to date and returns the names of the migrations that it took. Each is applied whole or not at all. */
export async function migrate(client: Pick<ClientBase, "query">, migrations: readonly Migration[]): Promise<string[]> {
  await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
  try {
    await client.query(TABLE);
    const missing = unapplied(migrations, await appliedTo(client));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
  }
}

async function appliedTo(client: Pick<ClientBase, "query">): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(`SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`);
  return rows;
}

function unapplied(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished_at } of applied) {
    const migration = known.get(name);
    if (migration === undefined) throw new Error(`The database was made by a newer Braid: this one does not know its migration ${name}.`);
    if (finished_at === null) throw new Error(`Migration ${name} stopped half-way when another program applied it. Mend it with prisma migrate resolve.`);
    if (migration.checksum !== checksum) throw new Error(`Migration ${name} was changed after it had been applied.`);
  }
  const taken = new Set(applied.map(({ migration_name }) => migration_name));
  return migrations.filter(({ name }) => !taken.has(name));
}

/** PostgreSQL can undo changes of tables like any other, so one transaction does. */
async function apply(client: Pick<ClientBase, "query">, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`Migration ${name} failed; nothing of it was kept.`, { cause: error });
  }
}
