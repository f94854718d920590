import {
  type Bytes,
  type Cell,
  type MutateResult,
  type Range,
  type Region,
  type Row,
  type RowMutation,
  type ScanStretch,
  type Selection,
  type StoreStats,
  type TableSchema,
  WideColumnStore,
} from "../../contract";
import { Timestamps } from "../local/timestamps";
import { type Faults, strike } from "./faults";
import { Table } from "./table";

export interface MemoryStoreOptions {
  readonly schemas: readonly TableSchema[];
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly faults?: Faults;
}

/**
 * The store in memory, for tests. A call is carried out at once, in the order of the calls, and resolves in the next microtask: with the same
 * clock and faults every run is the same. Nothing is durable, so it counts no syncs.
 */
export class MemoryStore extends WideColumnStore {
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #timestamps: Timestamps;
  readonly #faults: Faults | undefined;
  readonly #count = { mutations: 0, commits: 0, reads: 0 };

  constructor({ schemas, clock, faults }: MemoryStoreOptions) {
    super(schemas);
    this.#tables = new Map(schemas.map(({ name }) => [name, new Table()]));
    this.#timestamps = new Timestamps(clock);
    this.#faults = faults;
  }

  stats(): StoreStats {
    return { driver: "memory", ...this.#count, syncs: 0, syncMs: { p50: 0, p99: 0 }, waiting: 0 };
  }

  protected async _batch({ name }: TableSchema, rows: readonly RowMutation[]): Promise<MutateResult[]> {
    const fault = this.#faults?.next(name, rows);
    strike(fault, "before");
    const results = this.#change(name, rows);
    strike(fault, "after");
    return results;
  }

  protected async _getMany({ name }: TableSchema, rows: readonly Bytes[], selection: Selection): Promise<(Row | undefined)[]> {
    this.#count.reads += rows.length;
    return rows.map((row) => this.#table(name).read(row, selection));
  }

  protected async _slice({ name }: TableSchema, row: Bytes, family: string, range: Range): Promise<Cell[]> {
    this.#count.reads++;
    return this.#table(name).slice(row, family, range);
  }

  protected async *_scan({ name }: TableSchema, families: readonly string[], stretch: ScanStretch): AsyncGenerator<Row, void, undefined> {
    for (const row of this.#table(name).scan(families, stretch)) {
      this.#count.reads++;
      yield row;
    }
  }

  protected async _regions({ name }: TableSchema): Promise<Region[]> {
    return [{ table: name, start: Buffer.alloc(0), end: Buffer.alloc(0), server: "memory" }];
  }

  protected async _close(): Promise<void> {}

  /** Plans every row before it touches one, so that a call that cannot be carried out changes nothing. */
  #change(name: string, rows: readonly RowMutation[]): MutateResult[] {
    const table = this.#table(name);
    const plans = rows.map((row) => table.plan(row));
    for (const plan of plans) if (plan) table.apply(plan, this.#timestamps.next(`${name}:${plan.row}`));
    const applied = plans.filter((plan) => plan !== undefined).length;
    this.#count.mutations += applied;
    this.#count.commits += applied > 0 ? 1 : 0;
    return plans.map((plan) => ({ applied: plan !== undefined }));
  }

  #table(name: string): Table {
    return this.#tables.get(name)!;
  }
}
