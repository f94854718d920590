import { type Bytes, copyTo, writeInt32 } from "./bytes";
import type { Writer } from "./protobuf";

/** The types of a KeyValue. The deletes are tombstones: of one version, of a version of a family, of a column up to a time, of a family up to a time. */
export const CellType = { put: 4, delete: 8, deleteFamilyVersion: 10, deleteColumn: 12, deleteFamily: 14 } as const;

/** `ts` in milliseconds; undefined in a mutation means the server's clock. Cells that were read are views of the frame they came in. */
export interface Cell {
  readonly row: Bytes;
  readonly family: Bytes;
  readonly qualifier: Bytes;
  readonly ts?: number;
  readonly type: number;
  readonly value: Bytes;
}

/** A cell without its row. */
export type CellOfRow = Omit<Cell, "row">;

/** Cells of one row. */
export interface RowOfCells {
  readonly row: Bytes;
  readonly cells: readonly CellOfRow[];
}

/** Lengths of cell, key, value (4 bytes each), of row (2) and family (1), then timestamp (8) and type (1). */
const OVERHEAD = 24;
const KEY_OVERHEAD = 12;
const HIGH = 2 ** 32;

/** Size of a cell in a cell block, in bytes. */
export const cellSize = (row: Bytes, { family, qualifier, value }: CellOfRow): number =>
  OVERHEAD + row.length + family.length + qualifier.length + value.length;

/** A cell block (KeyValueCodec, no tags): the cells one after another, outside the protobuf message. */
export function writeCells(writer: Writer, rows: readonly RowOfCells[]): void {
  let size = 0;
  for (const { row, cells } of rows) for (const cell of cells) size += cellSize(row, cell);
  let at = writer.reserve(size);
  for (const { row, cells } of rows) for (const cell of cells) at = writeCell(writer.buffer, at, row, cell);
}

function writeCell(block: Buffer, start: number, row: Bytes, { family, qualifier, ts, type, value }: CellOfRow): number {
  const key = row.length + family.length + qualifier.length + KEY_OVERHEAD;
  let at = writeInt32(block, 8 + key + value.length, start);
  at = writeInt32(block, key, at);
  at = writeInt32(block, value.length, at);
  block[at++] = row.length >> 8;
  block[at++] = row.length;
  at = copyTo(block, row, at);
  block[at++] = family.length;
  at = copyTo(block, family, at);
  at = copyTo(block, qualifier, at);
  at = writeInt32(block, ts === undefined ? 0x7fffffff : Math.floor(ts / HIGH), at); // Long.MAX_VALUE: the server's clock
  at = writeInt32(block, ts === undefined ? 0xffffffff : ts % HIGH, at);
  block[at++] = type;
  return copyTo(block, value, at);
}

/** Of one answer: they are decoded in one go. */
export const MAX_CELLS = 2_000_000;

/** Asking again for what is too large would give the same. */
export class TooManyCells extends RangeError {}

/** The cells of a block, as views of it. */
export function readCells(block: Buffer, start: number, end: number, maxCells = MAX_CELLS): Cell[] {
  const out: Cell[] = [];
  let at = start;
  while (at < end) {
    if (out.length === maxCells) throw new TooManyCells(`more than ${maxCells} cells in one answer`);
    const next = at + 4 + block.readInt32BE(at);
    const keyEnd = at + 12 + block.readInt32BE(at + 4);
    const valueEnd = keyEnd + block.readInt32BE(at + 8);
    const rowEnd = at + 14 + block.readUInt16BE(at + 12);
    const familyEnd = rowEnd + 1 + block[rowEnd]!;
    const inside = familyEnd <= keyEnd - 9 && keyEnd <= valueEnd && valueEnd <= next && next <= end; // false for NaN, too
    if (!inside) throw new RangeError("a cell is longer than its block");
    out.push({
      row: block.subarray(at + 14, rowEnd),
      family: block.subarray(rowEnd + 1, familyEnd),
      qualifier: block.subarray(familyEnd, keyEnd - 9),
      ts: block.readUInt32BE(keyEnd - 9) * HIGH + block.readUInt32BE(keyEnd - 5),
      type: block[keyEnd - 1]!,
      value: block.subarray(keyEnd, valueEnd),
    });
    at = next;
  }
  return out;
}
