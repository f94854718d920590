import pg from "pg";
import type { LiteServer } from "./lite-server";
import { LiteSocket } from "./lite-socket";

/** Said so that nothing is taken from the environment (PGUSER, PGSSLMODE...), which may speak of another server. */
const SELF = { user: "postgres", database: "postgres", ssl: false } as const;

/** Connections to the PostgreSQL in this process. It has one session, so one at a time. */
export const litePool = (server: LiteServer): pg.Pool =>
  new pg.Pool({ ...SELF, stream: () => new LiteSocket(server), max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true });
