import { GUARD } from "./layout";
import type { Prepared, StoredCell, StoredColumn } from "./prepared";

/** The kinds of a KeyValue that are written here. */
export const Kind = { put: 4, deleteColumn: 12, deleteFamily: 14 } as const;

export interface TimedCell extends StoredCell {
  /** Undefined: the server's clock. */
  readonly ts: number | undefined;
  readonly type: (typeof Kind)[keyof typeof Kind];
}

/** The cells of one atomic change, by the mutation that carries them. */
export interface Plan {
  readonly puts: readonly TimedCell[];
  readonly deletes: readonly TimedCell[];
  readonly counts: readonly TimedCell[];
}

const EMPTY = Buffer.alloc(0);
const GUARD_FAMILY = Buffer.from(GUARD);
const WRITTEN: StoredColumn = { family: GUARD_FAMILY, qualifier: EMPTY };
const COUNTED: StoredColumn = { family: GUARD_FAMILY, qualifier: Buffer.from("c") };
const NOTHING = Buffer.alloc(8);

/**
 * Deletes one below the timestamp, puts at it, the guard with them.
 *
 * Counters are HBase's own affair: an absent one gets the timestamp it is sent with, one that is there max(its own + 1, the server's clock), which may be ahead of
 * ours. So a change that counts also counts a second guard, by 0, by the server's clock from the beginning. One of the two guards is then at least as new as
 * every counter of the row: this one where the server's clock decided, and otherwise the first, which grows by at least 1 with every change, as a counter does.
 */
export function planOf({ puts, counts, deletes, deletedFamilies }: Prepared, ts: number): Plan {
  const put = (cell: StoredCell): TimedCell => ({ ...cell, ts, type: Kind.put });
  return {
    puts: [...puts.map(put), put({ ...WRITTEN, value: EMPTY })],
    deletes: [
      ...deletes.map((column) => ({ ...column, value: EMPTY, ts: ts - 1, type: Kind.deleteColumn })),
      ...deletedFamilies.map((family) => ({ family, qualifier: EMPTY, value: EMPTY, ts: ts - 1, type: Kind.deleteFamily })),
    ],
    counts: counts.length === 0 ? [] : [...counts.map(put), { ...COUNTED, value: NOTHING, ts: undefined, type: Kind.put }],
  };
}
