import { CellType } from "../../../hbase";
import { GUARD } from "./layout";
import type { Prepared, StoredCell } from "./prepared";

export interface TimedCell extends StoredCell {
  /** Undefined: the server's clock. */
  readonly ts: number | undefined;
  readonly type: (typeof CellType)[keyof typeof CellType];
}

/** The cells of one atomic change, by the mutation that carries them. */
export interface Plan {
  readonly puts: readonly TimedCell[];
  readonly deletes: readonly TimedCell[];
  readonly counts: readonly TimedCell[];
}

const EMPTY = Buffer.alloc(0);
const GUARD_FAMILY = Buffer.from(GUARD);
const WRITTEN: StoredCell = { family: GUARD_FAMILY, qualifier: EMPTY, value: EMPTY };
const COUNTED: StoredCell = { family: GUARD_FAMILY, qualifier: Buffer.from("c"), value: Buffer.alloc(8) };

/**
 * Deletes one below the timestamp, puts at it, the guard with them.
 *
 * Counters are HBase's own affair: an absent one gets the timestamp it is sent with, one that is there max(its own + 1, the server's clock), which may be ahead of
 * ours. So a change that counts also counts a second guard, by 0, by the server's clock from the beginning. One of the two guards is then at least as new as
 * every counter of the row: this one where the server's clock decided, and otherwise the first, which grows by at least 1 with every change, as a counter does.
 */
export function planOf({ puts, counts, deletes, deletedFamilies }: Prepared, ts: number): Plan {
  const tombstone = (family: Buffer, qualifier: Buffer, type: TimedCell["type"]): TimedCell => ({ family, qualifier, value: EMPTY, ts: ts - 1, type });
  return {
    puts: [...puts.map((cell) => put(cell, ts)), put(WRITTEN, ts)],
    deletes: [
      ...deletes.map(({ family, qualifier }) => tombstone(family, qualifier, CellType.deleteColumn)),
      ...deletedFamilies.map((family) => tombstone(family, EMPTY, CellType.deleteFamily)),
    ],
    counts: counts.length === 0 ? [] : [...counts.map((cell) => put(cell, ts)), put(COUNTED, undefined)],
  };
}

const put = ({ family, qualifier, value }: StoredCell, ts: number | undefined): TimedCell => ({ family, qualifier, value, ts, type: CellType.put });
