import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Clock } from "@/domain/id";
import { lockDirectory } from "@/storage/lock";
import { PrismaClient } from "../../generated/prisma/client";
import { guarded } from "./failure";
import type { LiteOptions } from "./lite-instance";
import { litePool } from "./lite-pool";
import { LiteServer } from "./lite-server";
import { migrate, readMigrations } from "./migrate";

export interface DatabaseOptions extends Pick<LiteOptions, "template" | "disk"> {
  readonly clock?: Clock;
  /** A PostgreSQL to connect to (postgres://...). Without one PostgreSQL runs in this process. */
  readonly url?: string;
  /** Where the one in this process keeps its data; in memory, and gone at close, when left out. */
  readonly dataDir?: string;
  readonly migrations?: string;
}

export interface Database {
  readonly prisma: PrismaClient;
  readonly kind: "pglite" | "postgresql";
  /** Resolves when the database answers; fails with AppError store/unavailable or store/full. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const MIGRATIONS = "prisma/migrations";
/** Milliseconds. One session serves all in PGlite, so a transaction may have to wait for those before it. */
const TRANSACTIONS = { maxWait: 10_000, timeout: 10_000 };

/**
 * Opens the database of people and brings its tables up to date. Fails with code ELOCKED when another process has the directory, and with
 * DatabaseCrashed when the disk refuses.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { pool, kind, close } = options.url === undefined ? await openLite(options) : openServer(options.url);
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

async function openLite({ dataDir, ...options }: DatabaseOptions): Promise<Opened> {
  const lock = dataDir === undefined ? undefined : await lockDirectory(dataDir);
  const server = new LiteServer({ ...options, ...(dataDir !== undefined && { dir: dataDir }) });
  const pool = listening(litePool(server));
  const close = async () => {
    await pool.end();
    await server.close();
    await lock?.release();
  };
  return { pool, kind: "pglite", close };
}

function openServer(url: string): Opened {
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
