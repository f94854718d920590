import { emptyRange } from "./bytes";
import { checkBatch, checkGet, checkRow, checkScan, checkSchema, checkSlice, MAX_SCAN } from "./checks";
import { StoreError } from "./errors";
import { familiesOf, isEmpty, type Selection, selectionOf } from "./selection";
import type {
  Bytes,
  Cell,
  GetOptions,
  MutateOptions,
  MutateResult,
  Mutation,
  Range,
  Region,
  Row,
  RowMutation,
  ScanOptions,
  ScanStretch,
  SliceOptions,
  StoreStats,
  StoreTopology,
  TableSchema,
} from "./types";

/**
 * The wide-column store. The public methods check and bound what they are given; a driver implements the `_` methods and may trust them.
 * Every resolved mutation is durable (on the disk, after fsync). Failures are StoreError. Bytes given are copied before the call returns.
 */
export abstract class WideColumnStore {
  readonly #tables = new Map<string, TableSchema>();
  #closing: Promise<void> | undefined;

  protected constructor(schemas: readonly TableSchema[]) {
    for (const schema of schemas) {
      if (this.#tables.has(schema.name)) throw new StoreError("bad-request", `There are two tables ${schema.name}.`);
      this.#tables.set(schema.name, checkSchema(schema));
    }
  }

  /** Changes one row atomically, if `when` holds: all of it or nothing, seen by readers at once, durable when it resolves. */
  async mutateRow(table: string, row: Bytes, mutations: readonly Mutation[], options: MutateOptions = {}): Promise<MutateResult> {
    const [result] = await this.batch(table, [{ row, mutations, ...options }]);
    return result as MutateResult;
  }

  /**
   * Changes many rows, each atomically and independently of the others; results in the order given. A row may occur once.
   * When it fails, no row was changed, unless it fails with `unknown-outcome`: then each row may or may not have been.
   */
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
    const selection = selectionOf(schema, options);
    return rows.length === 0 || isEmpty(selection) ? rows.map(() => undefined) : this._getMany(schema, rows, selection);
  }

  /** Reads a stretch of one family of a wide row. */
  async slice(table: string, row: Bytes, family: string, options: SliceOptions): Promise<Cell[]> {
    const schema = this.#open(table);
    checkRow(row);
    checkSlice(schema, family, options);
    const { from, to, limit, reverse = false } = options;
    return limit === 0 || emptyRange(from, to) ? [] : this._slice(schema, row, family, { from, to, limit, reverse });
  }

  /** Reads rows in key order, in bounded memory. Not a snapshot: each row is whole, rows changed meanwhile may show either way. */
  async *scan(table: string, options: ScanOptions = {}): AsyncGenerator<Row, void, undefined> {
    const schema = this.#open(table);
    checkScan(schema, options);
    const families = familiesOf(schema, options.families ?? schema.families);
    const { limit = MAX_SCAN, reverse = false, sample } = options;
    const [from, to] = [bound(options.from), bound(options.to)];
    if (limit === 0 || families.length === 0 || emptyRange(from, to)) return;
    let left = limit;
    for await (const row of this._scan(schema, families, { from, to, limit, reverse, sample })) {
      yield row;
      if (--left === 0) return;
      this.#open(table);
    }
  }

  async regions(table: string): Promise<Region[]> {
    return this._regions(this.#open(table));
  }

  /** The servers of a store that has any of its own; undefined for one that lives in this process. Fails with `unavailable` when nobody coordinates. */
  async topology(): Promise<StoreTopology | undefined> {
    this.#unlessClosed();
    return this._topology();
  }

  abstract stats(): StoreStats;

  /** Waits for what is under way, then lets go of the files. Further calls fail with `closed`. */
  close(): Promise<void> {
    this.#closing ??= this._close();
    return this.#closing;
  }

  #unlessClosed(): void {
    if (this.#closing !== undefined) throw new StoreError("closed", "The store was closed.");
  }

  #open(table: string): TableSchema {
    this.#unlessClosed();
    const schema = this.#tables.get(table);
    if (schema === undefined) throw new StoreError("bad-request", `There is no table ${table}.`);
    return schema;
  }

  protected abstract _batch(schema: TableSchema, rows: readonly RowMutation[]): Promise<MutateResult[]>;
  protected abstract _getMany(schema: TableSchema, rows: readonly Bytes[], selection: Selection): Promise<(Row | undefined)[]>;
  protected abstract _slice(schema: TableSchema, row: Bytes, family: string, range: Range): Promise<Cell[]>;
  protected abstract _scan(schema: TableSchema, families: readonly string[], stretch: ScanStretch): AsyncIterable<Row>;
  protected abstract _regions(schema: TableSchema): Promise<Region[]>;
  protected abstract _close(): Promise<void>;

  protected async _topology(): Promise<StoreTopology | undefined> {
    return undefined;
  }
}

const bound = (bytes: Bytes | undefined): Bytes | undefined => (bytes?.length === 0 ? undefined : bytes);
