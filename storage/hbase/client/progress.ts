import { type Bytes, EMPTY } from "../wire/bytes";
import type { Cell } from "../wire/cells";
import type { Piece } from "../wire/results";

/** Whether the answers of a scan lead anywhere: to rows, to more of a row, or (a heartbeat's cursor) to places that were not reached before. */
export class Progress {
  private row: Bytes = EMPTY;
  /** Cells of that row that came, of the scanner that is open; and the most that ever came. */
  private cells = 0;
  private most = 0;
  private cursor?: Bytes;

  constructor(private readonly reversed: boolean) {}

  /** A half row begins again: what came before does not count twice. */
  reopened(): void {
    this.cells = 0;
  }

  made(pieces: readonly Piece[], cursor: Bytes | undefined): boolean {
    let made = cursor !== undefined && this.moved(cursor);
    for (const { cells, partial } of pieces) made = this.came(cells, partial) || made;
    return made;
  }

  private moved(cursor: Bytes): boolean {
    const order = this.cursor ? Buffer.compare(cursor, this.cursor) : 1;
    if (this.cursor && (this.reversed ? order >= 0 : order <= 0)) return false;
    this.cursor = Buffer.from(cursor); // a copy: it is a view of a frame
    return true;
  }

  private came(cells: readonly Cell[], partial: boolean): boolean {
    const { row } = cells[0]!;
    if (Buffer.compare(row, this.row) !== 0) [this.row, this.cells, this.most] = [Buffer.from(row), 0, 0];
    this.cells += cells.length;
    if (partial && this.cells <= this.most) return false;
    this.most = Math.max(this.most, this.cells);
    return true;
  }
}
