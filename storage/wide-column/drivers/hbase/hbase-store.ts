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
  type StoreTopology,
  type TableSchema,
  WideColumnStore,
} from "../../contract";
import { failureOf } from "./failures";
import { Floors } from "./floors";
import { Lanes } from "./lanes";
import type { TableLayout } from "./layout";
import { type Opened, openCluster } from "./open";
import { type HBaseStoreOptions, type Settings, settingsOf } from "./options";
import { Reader } from "./reader";
import { Tally } from "./tally";
import { topologyOf } from "./topology";
import { Writer } from "./writer";

/**
 * The store of many machines: Apache HBase, spoken to by its own protocol. A resolved mutation is in the log of its region server and synced there. Rows move
 * between servers, servers die: calls wait for that, up to their time-out. A mutation whose answer was lost is never repeated here (`unknown-outcome`).
 * Several processes may use the same tables; see Floors for what they owe each other.
 */
export class HBaseStore extends WideColumnStore {
  readonly #opened: Opened;
  readonly #tally = new Tally();
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #underWay = new Set<Promise<unknown>>();

  private constructor({ schemas, clock, rememberedRows, limits, timeout, stopwatch }: Settings, opened: Opened) {
    super(schemas);
    this.#opened = opened;
    const { client } = opened;
    const floors = new Floors(clock, Math.max(rememberedRows, 2 * limits.rows));
    this.#writer = new Writer({ client, floors, lanes: new Lanes(), tally: this.#tally, limits, timeout, stopwatch });
    this.#reader = new Reader(client, floors);
  }

  /** Waits for the cluster, and makes tables and families that are missing. Fails with `unavailable` or, for a wrong address, `bad-request`. */
  static async open(options: HBaseStoreOptions): Promise<HBaseStore> {
    for (const schema of options.schemas) checkSchema(schema);
    const settings = settingsOf(options);
    return new HBaseStore(settings, await openCluster(settings));
  }

  stats(): StoreStats {
    return this.#tally.stats();
  }

  protected _batch({ name }: TableSchema, rows: readonly RowMutation[]): Promise<MutateResult[]> {
    return this.#track(this.#writer.batch(this.#table(name), rows));
  }

  protected _getMany({ name }: TableSchema, rows: readonly Bytes[], selection: Selection): Promise<(Row | undefined)[]> {
    this.#tally.reads += rows.length;
    return this.#track(this.#reader.getMany(this.#table(name), rows, selection));
  }

  protected _slice({ name }: TableSchema, row: Bytes, family: string, range: Range): Promise<Cell[]> {
    this.#tally.reads++;
    return this.#track(this.#reader.slice(this.#table(name), row, family, range));
  }

  protected async *_scan({ name }: TableSchema, families: readonly string[], stretch: ScanStretch): AsyncGenerator<Row, void, undefined> {
    for await (const row of this.#reader.scan(this.#table(name), families, stretch)) {
      this.#tally.reads++;
      yield row;
    }
  }

  protected async _regions({ name }: TableSchema): Promise<Region[]> {
    const regions = await this.#track(this.#opened.client.regions(this.#table(name).table)).catch((error) => {
      throw failureOf(error, "reading");
    });
    return regions.map(({ start, end, host, port }) => ({ table: name, start, end, server: host === "" ? "" : `${host}:${port}` }));
  }

  protected override _topology(): Promise<StoreTopology> {
    return this.#track(topologyOf(this.#opened.client));
  }

  protected async _close(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    this.#opened.client.close();
  }

  #track<T>(call: Promise<T>): Promise<T> {
    const ended = call.finally(() => this.#underWay.delete(ended));
    this.#underWay.add(ended);
    return ended;
  }

  #table(name: string): TableLayout {
    return this.#opened.tables.get(name)!;
  }
}
