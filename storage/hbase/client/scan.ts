import type { Connection } from "../connection/connection";
import { HBaseError } from "../errors";
import { byFullName, type Region } from "../locator/region";
import { type Bytes, EMPTY } from "../wire/bytes";
import type { Cell } from "../wire/cells";
import type { Reply } from "../wire/frames";
import type { ScanRequest, ScanResponse } from "../wire/messages";
import { Client } from "../wire/methods";
import type { Of } from "../wire/protobuf";
import { type Piece, piecesOf } from "../wire/results";
import { Progress } from "./progress";
import { type ReadOptions, readSpec } from "./reads";
import type { Retry, Target } from "./retry";

export interface ScanOptions extends ReadOptions {
  /** Where to begin; in a reversed scan the greatest row. Empty or absent: at the end of the table. */
  readonly start?: Bytes;
  /** Where to end. Empty or absent: at the other end of the table. */
  readonly stop?: Bytes;
  /** True if not given. */
  readonly includeStart?: boolean;
  /** False if not given. */
  readonly includeStop?: boolean;
  readonly reversed?: boolean;
  /** Rows at most. */
  readonly limit?: number;
  /** Rows in one answer at most. 1,000. */
  readonly batchRows?: number;
  /** Bytes in one answer, about; what the scan holds at once. 2 MB. */
  readonly batchBytes?: number;
  /** Rows larger than an answer come in several pieces. When a scanner is lost in the middle of one, the row begins again. */
  readonly partial?: boolean;
}

export interface Row {
  readonly row: Bytes;
  readonly cells: Cell[];
}

/** A scanner that a server keeps for us, until its lease is over (60 s after the last call). */
interface Scanner {
  readonly id: bigint;
  readonly connection: Connection;
  calls: number;
}

/** The server no longer has the scanner. */
const LOST: ReadonlySet<string> = new Set(["UnknownScannerException", "OutOfOrderScannerNextException", "ScannerResetException", "LeaseException"]);

/**
 * Rows in key order, region after region. Only one answer is held at a time, and none is asked for while the reader is busy with the last.
 * When the scanner is lost (its lease ran out, the region moved, split, or its server died) another one is opened after the last whole row.
 */
export class Scan {
  private start: Bytes;
  private includeStart: boolean;
  private left: number;
  private region?: Region;
  private scanner?: Scanner;
  private part?: Row;
  private finished = false;
  private deadline: number;
  private readonly progress: Progress;

  constructor(
    private readonly retry: Retry,
    private readonly settings: { readonly callTimeout: number },
    private readonly table: string,
    private readonly options: ScanOptions,
    /** For all answers together; else the deadline is put off by each that leads somewhere. */
    private readonly until?: number,
  ) {
    this.deadline = until ?? 0;
    this.progress = new Progress(options.reversed ?? false);
    this.start = options.start ?? EMPTY;
    this.includeStart = options.includeStart ?? true;
    this.left = options.limit ?? Number.POSITIVE_INFINITY;
  }

  async *rows(): AsyncGenerator<Row, void, undefined> {
    this.onwards();
    try {
      while (!this.finished && this.left > 0) {
        const reply = await this.fetch();
        const pieces = piecesOf(reply);
        const leads = this.progress.made(pieces, reply.body.cursor?.row);
        for (const piece of pieces) {
          const row = this.options.partial ? this.piece(piece) : this.assemble(piece);
          if (row) yield row;
          if (this.left <= 0) return;
        }
        const rest = this.turn(reply.body);
        if (rest) yield rest;
        if (leads || !this.scanner) this.onwards(); // here, as the reader's time is not ours
      }
    } finally {
      this.close();
    }
  }

  private onwards(): void {
    this.deadline = this.until ?? this.retry.deadline(this.options.timeout);
  }

  /** The next answer: of the scanner, or of a new one where the last left off. */
  private async fetch(): Promise<Reply<Of<typeof ScanResponse>>> {
    const { table, start: row, retry, deadline } = this;
    if (retry.passed(deadline)) throw new HBaseError("deadline", "DeadlineExceeded", `a scan of ${table} had answers that led nowhere, until time ran out`);
    const before = this.options.reversed === true && (!this.includeStart || row.length === 0);
    const operation = { table, row, before, deadline, repeat: "read" as const };
    return retry.run(operation, async (target) => {
      try {
        return this.scanner ? await this.next(this.scanner, deadline) : await this.open(target, deadline);
      } catch (error) {
        throw this.lost(error);
      }
    });
  }

  private async open({ region, connection }: Target, deadline: number): Promise<Reply<Of<typeof ScanResponse>>> {
    const { stop = EMPTY, includeStop = false, reversed, batchRows = 1000, batchBytes = 2 ** 21 } = this.options;
    const scan = {
      ...readSpec(this.options),
      start_row: this.start,
      stop_row: stop,
      include_start_row: this.includeStart,
      include_stop_row: includeStop,
      reversed,
      caching: batchRows,
      max_result_size: batchBytes,
      need_cursor_result: true, // in heartbeats, where the server is
    };
    const reply = await this.call(connection, { region: byFullName(region), scan, ...this.wanted() }, deadline, region);
    this.region = region;
    const id = reply.body.scanner_id;
    this.scanner = id === undefined ? undefined : { id, connection, calls: 0 };
    return reply;
  }

  private next(scanner: Scanner, deadline: number): Promise<Reply<Of<typeof ScanResponse>>> {
    return this.call(scanner.connection, { scanner_id: scanner.id, next_call_seq: scanner.calls++, ...this.wanted() }, deadline, this.region);
  }

  private call(connection: Connection, request: Of<typeof ScanRequest>, deadline: number, group?: object) {
    return connection.call(Client.scan, request, { deadline, answerWithin: this.settings.callTimeout, group });
  }

  private wanted() {
    const { batchRows = 1000 } = this.options;
    return {
      number_of_rows: Math.min(batchRows, this.left),
      limit_of_rows: this.left === Number.POSITIVE_INFINITY ? undefined : this.left,
      client_handles_partials: true,
      client_handles_heartbeats: true,
    };
  }

  /** After any failure the scanner may be past rows that never came here: it is given up, and so is the half row. */
  private lost(error: unknown): unknown {
    this.scanner = undefined;
    this.part = undefined;
    this.progress.reopened();
    if (!(error instanceof HBaseError) || !LOST.has(error.type)) return error;
    return new HBaseError("busy", error.type, error.message, { cause: error });
  }

  private piece({ cells, partial }: Piece): Row {
    const { row } = cells[0]!;
    this.start = Buffer.from(row);
    this.includeStart = partial;
    if (!partial) this.left--;
    return { row, cells };
  }

  /** The row that this piece completes, if it does. */
  private assemble({ cells, partial }: Piece): Row | undefined {
    const { row } = cells[0]!;
    if (this.part && Buffer.compare(this.part.row, row) === 0) this.part.cells.push(...cells);
    else this.part = { row, cells };
    return partial ? undefined : this.whole();
  }

  private whole(): Row | undefined {
    const row = this.part;
    if (!row) return undefined;
    this.part = undefined;
    this.left--;
    this.start = Buffer.from(row.row); // a copy: the cells are views of a frame
    this.includeStart = false;
    return row;
  }

  /** After an answer: on with the scanner, to the next region, or to the end. Answers the row that ends with the region. */
  private turn({ more_results = true, more_results_in_region = true }: Of<typeof ScanResponse>): Row | undefined {
    if (more_results && more_results_in_region && this.scanner) return undefined;
    this.scanner = undefined; // the server has closed it
    const rest = this.whole();
    const { start, end } = this.region!;
    const edge = this.options.reversed ? start : end;
    this.finished = !more_results || edge.length === 0 || this.beyond(edge);
    this.start = edge;
    this.includeStart = !this.options.reversed;
    return rest;
  }

  private beyond(edge: Bytes): boolean {
    const { stop = EMPTY, reversed, includeStop } = this.options;
    if (stop.length === 0) return false;
    const order = Buffer.compare(edge, stop);
    return reversed ? order <= 0 : order > 0 || (order === 0 && !includeStop);
  }

  /** Left half way: the server need not keep the scanner. Nobody waits for that. */
  private close(): void {
    if (!this.scanner || this.scanner.connection.failure) return;
    const { connection, id } = this.scanner;
    this.scanner = undefined;
    this.call(connection, { scanner_id: id, number_of_rows: 0, close_scanner: true }, this.retry.deadline(this.settings.callTimeout)).catch(() => {});
  }
}
