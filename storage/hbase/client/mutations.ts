import { randomBytes } from "node:crypto";
import { HBaseError } from "../errors";
import { type Bytes, buf, EMPTY, nameBuf } from "../wire/bytes";
import { type CellOfRow, CellType, cellSize, type RowOfCells } from "../wire/cells";
import type { MutationProto } from "../wire/messages";
import type { Of } from "../wire/protobuf";

export interface Mutation {
  readonly kind: "put" | "delete" | "increment" | "append";
  readonly cells: readonly CellOfRow[];
}

/** `ts` in milliseconds; without it the server's clock. */
export type PutCell = readonly [family: string, qualifier: string | Bytes, value: string | Bytes, ts?: number];

/**
 * When an acknowledged change is on disk. `default` leaves it to the table and the server: with `hbase.wal.hsync=true` the log is fsynced.
 * `sync` is NOT fsynced, even with that setting (the log is only flushed to the DataNodes' memory): so the client leaves durability out,
 * unless it is asked for another.
 */
export const Durability = { default: 0, skip: 1, async: 2, sync: 3, fsync: 4 } as const;

export const put = (...cells: PutCell[]): Mutation => ({ kind: "put", cells: cells.map(putCell) });
export const append = (...cells: PutCell[]): Mutation => ({ kind: "append", cells: cells.map(putCell) });
export const increment = (...cells: (readonly [family: string, qualifier: string | Bytes, by: bigint])[]): Mutation => ({
  kind: "increment",
  cells: cells.map(([family, qualifier, by]) => putCell([family, qualifier, long(by)])),
});

/**
 * Tombstones. They hide puts of their own timestamp and before, even puts that come later: a put right after a delete, in the same
 * millisecond, is lost. Who deletes and puts the same column gives timestamps (the tombstone one below the put).
 */
export const del = {
  /** Every version up to `ts`. */
  column: (family: string, qualifier: string | Bytes, ts?: number): Mutation => tombstone(CellType.deleteColumn, family, qualifier, ts),
  /** One version; without `ts` the latest, which costs the server a read. */
  version: (family: string, qualifier: string | Bytes, ts?: number): Mutation => tombstone(CellType.delete, family, qualifier, ts),
  family: (family: string, ts?: number): Mutation => tombstone(CellType.deleteFamily, family, EMPTY, ts),
  row: (): Mutation => ({ kind: "delete", cells: [] }),
};

/** 0 means none. */
export const newNonce = (): bigint => randomBytes(8).readBigUInt64BE() | 1n;

const MAX_ROW = 32_767;
const KIND = { append: 0, increment: 1, put: 2, delete: 3 } as const;
const DELETE_TYPE: Readonly<Record<number, number>> = {
  [CellType.delete]: 0,
  [CellType.deleteColumn]: 1,
  [CellType.deleteFamily]: 2,
  [CellType.deleteFamilyVersion]: 3,
};

/** A change of one row on its way to the wire: the message, and the cells that go beside it, none when they go inside. */
export interface Encoded extends RowOfCells {
  readonly proto: Of<typeof MutationProto>;
  readonly bytes: number;
}

export interface Encoding {
  readonly cellBlocks: boolean;
  /** Bytes of a cell with its key. */
  readonly maxCell: number;
  readonly durability?: number;
  readonly nonce?: bigint;
}

/** What the server must not do twice, and knows by a nonce. */
export const counts = ({ kind }: Pick<Mutation, "kind">): boolean => kind === "increment" || kind === "append";

/** Refuses what the server would refuse: some of its answers (for a row key that is too long, say) look as if a retry were worth it. */
export function encodeMutation(row: Bytes, { kind, cells }: Mutation, { cellBlocks, maxCell, durability, nonce }: Encoding): Encoded {
  const bad = badRow(row);
  if (bad) throw bad;
  const proto: Of<typeof MutationProto> = { row, mutate_type: KIND[kind], durability, nonce: counts({ kind }) ? (nonce ?? newNonce()) : undefined };
  let bytes = row.length;
  for (const cell of cells) {
    const size = cellSize(row, cell);
    if (size > maxCell) throw new HBaseError("refused", "CellTooLarge", `a cell of ${size} bytes; ${maxCell} is the most`);
    if (!isTime(cell.ts)) throw new HBaseError("refused", "BadTimestamp", `a cell of the time ${cell.ts}, which is no whole number from 0 to 2^53`);
    bytes += size;
  }
  if (!cellBlocks) return { proto: { ...proto, column_value: cells.map((cell) => columnValue(kind, cell)) }, row, cells: [], bytes };
  if (cells.length > 0) proto.associated_cell_count = cells.length;
  return { proto, row, cells, bytes };
}

const isTime = (ts: number | undefined): boolean => ts === undefined || (Number.isSafeInteger(ts) && ts >= 0);

export function badRow(row: Bytes): HBaseError | undefined {
  if (row.length > 0 && row.length <= MAX_ROW) return undefined;
  return new HBaseError("refused", "BadRowKey", `a row key has 1 to ${MAX_ROW} bytes, not ${row.length}`);
}

const columnValue = (kind: Mutation["kind"], { family, qualifier, ts, type, value }: CellOfRow) => ({
  family,
  qualifier_value: [{ qualifier, value: kind === "delete" ? undefined : value, timestamp: ts, delete_type: DELETE_TYPE[type] }],
});

const putCell = ([family, qualifier, value, ts]: PutCell): CellOfRow => ({
  family: nameBuf(family),
  qualifier: nameBuf(qualifier),
  value: buf(value),
  ts,
  type: CellType.put,
});

const tombstone = (type: number, family: string, qualifier: string | Bytes, ts?: number): Mutation => ({
  kind: "delete",
  cells: [{ family: nameBuf(family), qualifier: nameBuf(qualifier), value: EMPTY, ts, type }],
});

function long(value: bigint): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigInt64BE(value);
  return out;
}
