import {
  type Bytes,
  type Cell,
  checkSchema,
  type MutateResult,
  type Range,
  type Region,
  type Row,
  type RowMutation,
  type ScanStretch,
  type Selection,
  type StoreStats,
  sizeOf,
  type TableSchema,
  WideColumnStore,
} from "../../contract";
import { Batcher } from "./batcher";
import type { Committer } from "./committer";
import { type Opened, openStore } from "./open";
import { type EmbeddedStoreOptions, settingsOf } from "./options";
import { getMany, slice } from "./reads";
import { type RowChange, rowChange } from "./row-change";
import { scan } from "./scan";
import type { View } from "./view";

/**
 * The store of one machine: RocksDB in this process, one column family per family, one log, one sync for all that wait.
 * A resolved mutation is on the disk, and readers see nothing that is not. One process at a time may open a directory (`locked`).
 * Reads and syncs share libuv's threads: set UV_THREADPOOL_SIZE (say 16) before Node starts, or slow reads delay commits.
 */
export class EmbeddedStore extends WideColumnStore {
  readonly #opened: Opened;
  readonly #committer: Committer;
  readonly #batcher: Batcher<readonly RowChange[]>;

  private constructor(options: EmbeddedStoreOptions, opened: Opened) {
    super(options.schemas);
    this.#opened = opened;
    this.#committer = opened.committer;
    this.#batcher = new Batcher(settingsOf(options).limits, (calls) => opened.committer.commit(calls));
  }

  /**
   * Opens a directory, or makes it. Tables and families may be added from one time to the next; those left out keep what they hold.
   * Fails with `locked`, `corrupt`, `full` or `unavailable`.
   */
  static async open(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
    for (const schema of options.schemas) checkSchema(schema);
    return new EmbeddedStore(options, await openStore(settingsOf(options)));
  }

  stats(): StoreStats {
    return this.#opened.tally.stats(this.#batcher.waiting);
  }

  protected async _batch({ name }: TableSchema, rows: readonly RowMutation[]): Promise<MutateResult[]> {
    this.#committer.check();
    const table = this.#table(name);
    const changes = rows.map((row) => rowChange(table, row));
    return [...(await this.#batcher.submit(changes, { rows: rows.length, bytes: sizeOf(rows) }))];
  }

  protected _getMany({ name }: TableSchema, rows: readonly Bytes[], selection: Selection): Promise<(Row | undefined)[]> {
    return this.#read(rows.length, (view) => getMany(view, this.#table(name), rows, selection));
  }

  protected _slice({ name }: TableSchema, row: Bytes, family: string, range: Range): Promise<Cell[]> {
    return this.#read(1, (view) => slice(view, this.#table(name), row, family, range));
  }

  /** Keeps the state it reads from being forgotten until it ends: a generator that is given up must be returned, as `for await` does. */
  protected async *_scan({ name }: TableSchema, families: readonly string[], stretch: ScanStretch): AsyncGenerator<Row, void, undefined> {
    const view = this.#committer.view();
    try {
      for await (const row of scan(view, this.#table(name), families, stretch)) {
        this.#opened.tally.reads++;
        yield row;
      }
    } finally {
      view.release();
    }
  }

  protected async _regions({ name }: TableSchema): Promise<Region[]> {
    return [{ table: name, start: Buffer.alloc(0), end: Buffer.alloc(0), server: "embedded" }];
  }

  protected async _close(): Promise<void> {
    await this.#batcher.drained();
    await this.#opened.close();
  }

  async #read<T>(rows: number, run: (view: View) => Promise<T>): Promise<T> {
    this.#opened.tally.reads += rows;
    const view = this.#committer.view();
    return run(view).finally(() => view.release());
  }

  #table(name: string): number {
    return this.#opened.tables.get(name)!;
  }
}
