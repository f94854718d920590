import { checkBatch, checkGet, checkRow, checkScan, checkSchema, checkSlice, MAX_SCAN } from "./checks";
import { StoreError } from "./errors";
import type {
  Bytes,
  Cell,
  GetOptions,
  MutateOptions,
  MutateResult,
  Mutation,
  Region,
  Row,
  RowMutation,
  ScanOptions,
  SliceOptions,
  StoreStats,
  TableSchema,
} from "./types";

/**
 * The wide-column store. The public methods check and bound what they are given; a driver implements the `_` methods and may trust them.
 * Every resolved mutation is durable (on the disk, after fsync). Failures are StoreError.
 */
export abstract class WideColumnStore {
  readonly #tables = new Map<string, TableSchema>();
  #closed = false;

  protected constructor(schemas: readonly TableSchema[]) {
    for (const schema of schemas) this.#tables.set(schema.name, checkSchema(schema));
  }

  /** Changes one row atomically, if `when` holds: all of it or nothing, seen by readers at once, durable when it resolves. */
  async mutateRow(table: string, row: Bytes, mutations: readonly Mutation[], options: MutateOptions = {}): Promise<MutateResult> {
    const [result] = await this.batch(table, [{ row, mutations, ...options }]);
    return result as MutateResult;
  }

  /** Changes many rows, each atomically and independently of the others; results in the order given. A row may occur once. */
  async batch(table: string, rows: readonly RowMutation[]): Promise<MutateResult[]> {
    const schema = this.#open(table);
    checkBatch(schema, rows);
    return rows.length === 0 ? [] : this._batch(schema, rows);
  }

  async get(table: string, row: Bytes, options: GetOptions = {}): Promise<Row | undefined> {
    const [found] = await this.getMany(table, [row], options);
    return found;
  }

  /** Reads rows in the order given; undefined where a row holds nothing of what was asked for. */
  async getMany(table: string, rows: readonly Bytes[], options: GetOptions = {}): Promise<(Row | undefined)[]> {
    const schema = this.#open(table);
    for (const row of rows) checkRow(row);
    checkGet(schema, options);
    return rows.length === 0 ? [] : this._getMany(schema, rows, options);
  }

  /** Reads a stretch of one family of a wide row. */
  async slice(table: string, row: Bytes, family: string, options: SliceOptions): Promise<Cell[]> {
    const schema = this.#open(table);
    checkRow(row);
    checkSlice(schema, family, options);
    return options.limit === 0 ? [] : this._slice(schema, row, family, options);
  }

  /** Reads rows in key order, in bounded memory. Not a snapshot: each row is whole, rows changed meanwhile may show either way. */
  async *scan(table: string, options: ScanOptions = {}): AsyncGenerator<Row, void, undefined> {
    const schema = this.#open(table);
    checkScan(schema, options);
    let left = options.limit ?? MAX_SCAN;
    if (left === 0) return;
    for await (const row of this._scan(schema, options)) {
      yield row;
      if (--left === 0) return;
    }
  }

  async regions(table: string): Promise<Region[]> {
    return this._regions(this.#open(table));
  }

  abstract stats(): StoreStats;

  /** Waits for what is under way, then lets go of the files. Further calls fail with `closed`. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this._close();
  }

  #open(table: string): TableSchema {
    if (this.#closed) throw new StoreError("closed", "The store was closed.");
    const schema = this.#tables.get(table);
    if (schema === undefined) throw new StoreError("bad-request", `There is no table ${table}.`);
    return schema;
  }

  protected abstract _batch(schema: TableSchema, rows: readonly RowMutation[]): Promise<MutateResult[]>;
  protected abstract _getMany(schema: TableSchema, rows: readonly Bytes[], options: GetOptions): Promise<(Row | undefined)[]>;
  protected abstract _slice(schema: TableSchema, row: Bytes, family: string, options: SliceOptions): Promise<Cell[]>;
  protected abstract _scan(schema: TableSchema, options: ScanOptions): AsyncIterable<Row>;
  protected abstract _regions(schema: TableSchema): Promise<Region[]>;
  protected abstract _close(): Promise<void>;
}
