import { EMPTY } from "./bytes";
import { type Cell, CellType } from "./cells";
import type { Reply } from "./frames";
import type { Result, ScanResponse } from "./messages";
import type { Of } from "./protobuf";

/** The cells of a result: in the cell block if it says so, else in the message. */
export function cellsOf(result: Of<typeof Result> | undefined, block: Cell[]): Cell[] {
  if (result?.associated_cell_count) return block;
  return (result?.cell ?? []).map(({ row = EMPTY, family = EMPTY, qualifier = EMPTY, timestamp, cell_type = CellType.put, value = EMPTY }) => ({
    row,
    family,
    qualifier,
    ts: timestamp,
    type: cell_type,
    value,
  }));
}

/** A row of a scan's answer, or a part of one. */
export interface Piece {
  readonly cells: Cell[];
  /** More cells of the row follow. */
  readonly partial: boolean;
}

/** The rows of a scan's answer: counted out of the cell block, or in the message. */
export function piecesOf({ body, cells }: Reply<Of<typeof ScanResponse>>): Piece[] {
  const { cells_per_result: counts, partial_flag_per_result: flags = [], results = [] } = body;
  if (!counts) return results.map((result) => ({ cells: cellsOf(result, []), partial: result.partial ?? false })).filter(full);
  let at = 0;
  const out = counts.map((count, i) => {
    const piece = { cells: cells.slice(at, at + count), partial: flags[i] ?? false };
    at += count;
    return piece;
  });
  return out.filter(full);
}

const full = ({ cells }: Piece): boolean => cells.length > 0;
