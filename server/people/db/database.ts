import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Clock } from "@/domain/id";
import { lockDirectory } from "@/storage/lock";
import { PrismaClient } from "../../generated/prisma/client";
import type { Disk } from "./durable-fs";
import { guarded } from "./failure";
import { litePool } from "./lite-pool";
import { LiteServer } from "./lite-server";
import { migrate, readMigrations } from "./migrate";
import { upkeep } from "./upkeep";

export type DatabaseOptions = ServerOptions | OwnOptions;

interface CommonOptions {
  /** Directory of migrations, as Prisma lays it out; relative to where Braid was started. */
  readonly migrations?: string;
}

interface ServerOptions extends CommonOptions {
  /** A PostgreSQL to connect to (postgres://...). */
  readonly url: string;
}

/** PostgreSQL in this process. */
export interface OwnOptions extends CommonOptions {
  readonly dataDir: string;
  /** A directory that a new one is copied from (see writeTemplate); the one that scripts/prepare.mjs makes when left out. */
  readonly template?: string;
  readonly disk?: Disk;
  readonly clock?: Clock;
  /** Bytes of WAL between checkpoints; 16 MB when left out. */
  readonly upkeepAfter?: number;
}

export interface Database {
  readonly prisma: PrismaClient;
  readonly kind: "pglite" | "postgresql";
  /** Resolves when the database answers; fails with AppError store/unavailable or store/full. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const MIGRATIONS = "prisma/migrations";
/** Made by scripts/prepare.mjs. Where there is none (npm run dev on a bare clone), a first start takes a few seconds more. */
const TEMPLATE = "dist/people";
const UPKEEP_AFTER = 16 * 1024 * 1024;
/** Milliseconds. One session serves all in PGlite, so a transaction may have to wait for those before it. */
const TRANSACTIONS = { maxWait: 10_000, timeout: 10_000 };

/**
 * Opens the database of people and brings its tables up to date. Fails with code ELOCKED when another process has the directory, and with
 * DatabaseCrashed when the disk refuses.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { pool, kind, close } = "url" in options ? openServer(options) : await openOwn(options);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }), transactionOptions: TRANSACTIONS });
  const closeAll = async () => {
    await prisma.$disconnect();
    await close();
  };
  try {
    await bringUpToDate(pool, options.migrations ?? MIGRATIONS);
  } catch (error) {
    await closeAll();
    throw error;
  }
  return { prisma, kind, ping: () => guarded(async () => void (await pool.query("SELECT 1"))), close: closeAll };
}

interface Opened {
  readonly pool: pg.Pool;
  readonly kind: Database["kind"];
  close(): Promise<void>;
}

async function openOwn({ dataDir, template = TEMPLATE, disk, clock, upkeepAfter = UPKEEP_AFTER }: OwnOptions): Promise<Opened> {
  const lock = await lockDirectory(dataDir);
  const onWal = { bytes: upkeepAfter, call: () => void upkeep(pool) };
  const server = new LiteServer({ dir: dataDir, template, onWal, ...(disk && { disk }), ...(clock && { clock }) });
  const pool = listening(litePool(server));
  const close = async () => {
    await pool.end();
    await server.close();
    await lock.release();
  };
  return { pool, kind: "pglite", close };
}

function openServer({ url }: ServerOptions): Opened {
  const pool = listening(new pg.Pool({ connectionString: url, connectionTimeoutMillis: 10_000 }));
  return { pool, kind: "postgresql", close: () => pool.end() };
}

/** A connection that breaks while nobody uses it is no news: the pool has dropped it, and the next caller gets another. */
function listening(pool: pg.Pool): pg.Pool {
  return pool.on("error", () => undefined);
}

async function bringUpToDate(pool: pg.Pool, directory: string): Promise<void> {
  const client = await pool.connect();
  try {
    await migrate(client, readMigrations(directory));
  } finally {
    client.release();
  }
}

/** Names under which the server keeps prepared statements: as many as there are shapes of query, within reason. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const name = names.get(sql) ?? (names.size < 500 ? `s${names.size}` : "");
    if (name !== "") names.set(sql, name);
    return name;
  };
}
