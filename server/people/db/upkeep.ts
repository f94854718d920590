import type { Pool } from "pg";

/** Dead rows of a table that are worth the while: vacuuming holds up the process for some milliseconds per thousand. */
const DEAD_ROWS = 2_000;

/**
 * What the checkpointer and autovacuum of a server do; PGlite runs neither. A table at a time, with others let in between. It serves
 * nobody in particular, so a failure is left to whoever comes next.
 */
export async function upkeep(pool: Pool): Promise<void> {
  try {
    await pool.query("CHECKPOINT");
    await pool.query("SELECT pg_stat_force_next_flush()"); // the count of dead rows is of this moment then
    const { rows } = await pool.query<{ name: string }>(`SELECT quote_ident(relname) AS name FROM pg_stat_user_tables WHERE n_dead_tup > ${DEAD_ROWS}`);
    for (const { name } of rows) await pool.query(`VACUUM (ANALYZE) ${name}`);
  } catch {
    // The database has stopped or is being closed: the one shows at the next query, the other is meant.
  }
}
