import type { ServerStats } from "../connection/pool";
import { HBaseError } from "../errors";
import { byFullName, META, type Region, regionOf } from "../locator/region";
import { type Bytes, buf } from "../wire/bytes";
import type { Cell, RowOfCells } from "../wire/cells";
import type { MultiResponse } from "../wire/messages";
import { Client } from "../wire/methods";
import type { Of } from "../wire/protobuf";
import { cellsOf } from "../wire/results";
import { Batcher, multiError } from "./batcher";
import { Core } from "./core";
import type { Condition } from "./filters";
import { badRow, counts, type Encoded, encodeMutation, type Mutation } from "./mutations";
import type { HBaseOptions, Settings } from "./options";
import { type ReadOptions, readSpec } from "./reads";
import type { Operation, Retry } from "./retry";
import { type Row, Scan, type ScanOptions } from "./scan";

export interface WriteOptions {
  /** The change is made only if this holds, atomically. */
  readonly condition?: Condition;
  /** One of Durability. Best left out: see there. */
  readonly durability?: number;
  /** Lets the server leave out an increment or append that it has done already (not the puts beside it, and not after the region moved). */
  readonly nonce?: bigint;
  /** Running it twice does no harm: it is tried again when it is unknown whether it ran. */
  readonly safe?: boolean;
  /** Milliseconds for the whole call. */
  readonly timeout?: number;
}

export interface Outcome {
  /** False when the condition did not hold. */
  readonly done: boolean;
  /** What increments and appends made. */
  readonly cells: Cell[];
  /** An earlier try may have run (only with `safe`): then `done: false` may mean that it did, and that the condition no longer holds. */
  readonly unsure: boolean;
}

export interface Stats {
  /** Operations of callers that are under way, wherever they wait. */
  readonly active: number;
  /** Operations begun. */
  readonly calls: number;
  readonly retries: number;
  readonly lookups: number;
  /** By `host:port service`. */
  readonly servers: Record<string, ServerStats>;
}

/** Rows of a long list that are asked for at once. */
const WINDOW = 2048;

/** A client of one HBase cluster. Cells that are read are views of the answer they came in: copy what is kept. */
export class HBase {
  /** For `Admin`. */
  readonly core: Core;
  private readonly retry: Retry;
  private readonly settings: Settings;
  private readonly batcher: Batcher;

  constructor(options: HBaseOptions) {
    this.core = new Core(options);
    this.retry = this.core.retry;
    this.settings = this.core.settings;
    this.batcher = new Batcher(this.settings);
  }

  /** The cells of a row, none if there is no such row. */
  get(table: string, row: Bytes, options: ReadOptions = {}): Promise<Cell[]> {
    return this.getEncoded(table, row, readSpec(options), this.retry.deadline(options.timeout));
  }

  /** Many rows: one call to each server. */
  getMany(table: string, rows: readonly Bytes[], options: ReadOptions = {}): Promise<Cell[][]> {
    const spec = readSpec(options);
    const deadline = this.retry.deadline(options.timeout);
    return inWindows(rows, (row) => this.getEncoded(table, row, spec, deadline));
  }

  /**
   * Changes one row atomically, if the condition holds. When its answer is lost the call fails with `unknown-outcome`, unless it is `safe`.
   * Timestamps are the caller's business: see `del` on what a tombstone hides.
   */
  mutateRow(table: string, row: Bytes, mutations: readonly Mutation[], options: WriteOptions = {}): Promise<Outcome> {
    const operation = this.change(table, row, options);
    const nonceGroup = mutations.some(counts) ? this.core.nonceGroup : undefined;
    let once: readonly Encoded[] | undefined;
    return this.retry.run(operation, ({ region, connection }) => {
      const encoded = once ?? mutations.map((mutation) => this.encode(row, mutation, options));
      if (nonceGroup !== undefined) once = encoded; // its nonces are the same in each try; the rest is made anew, so that nothing is kept meanwhile
      const action = encoded.map(({ proto }, index) => ({ index, mutation: proto }));
      const request = { regionAction: [{ region: byFullName(region), atomic: true, action, condition: options.condition }], nonceGroup };
      return connection.ask(Client.multi, request, this.callOptions(operation, region, encoded), ({ body }) => outcomeOf(body, operation));
    });
  }

  /** One mutation of one row. Plain puts and deletes of the same moment share calls. */
  async mutate(table: string, row: Bytes, mutation: Mutation, options: WriteOptions = {}): Promise<Outcome> {
    const encoded = this.encode(row, mutation, options);
    const operation = this.change(table, row, options);
    if (!options.condition && (mutation.kind === "put" || mutation.kind === "delete")) {
      await this.retry.run(operation, (target) => this.batcher.mutate(target, encoded, operation.deadline));
      return { done: true, cells: [], unsure: operation.unsure !== undefined };
    }
    const answer = await this.retry.run(operation, async ({ region, connection }) => {
      const request = { region: byFullName(region), mutation: encoded.proto, condition: options.condition, nonce_group: this.core.nonceGroup };
      const { body, cells } = await connection.call(Client.mutate, request, this.callOptions(operation, region, [encoded]));
      return { done: body.processed ?? true, cells: cellsOf(body.result, cells) };
    });
    return { ...answer, unsure: operation.unsure !== undefined };
  }

  /** Puts and deletes of many rows, each atomic by itself; `safe` if not said otherwise. Fails with the first failure, when all have ended. */
  async mutateMany(table: string, list: readonly { row: Bytes; mutation: Mutation }[], options: WriteOptions = {}): Promise<void> {
    const each = { safe: true, ...options };
    await inWindows(list, ({ row, mutation }) => this.mutate(table, row, mutation, each));
  }

  /** Rows in key order, backwards if `reversed`. Leaving the loop closes the scanner. */
  scan(table: string, options: ScanOptions = {}): AsyncGenerator<Row, void, undefined> {
    return new Scan(this.retry, this.settings, table, options).rows();
  }

  /** Every region of a table in order, as hbase:meta has it now (those that no server has at the moment, too). */
  async regions(table: string, options: { timeout?: number } = {}): Promise<Region[]> {
    const out: Region[] = [];
    const wanted = { ...options, families: ["info"], start: buf(`${table},,`), stop: buf(`${table}-`) };
    for await (const { cells } of new Scan(this.retry, this.settings, META, wanted, this.retry.deadline(options.timeout)).rows()) {
      const region = regionOf(cells);
      if (region?.table !== table || region.info.split || region.info.offline) continue;
      out.push(region);
      this.core.locator.remember(region);
    }
    return out;
  }

  /** The region that holds a row. */
  locate(table: string, row: Bytes, options: { timeout?: number } = {}): Promise<Region> {
    return this.retry.run({ table, row, deadline: this.retry.deadline(options.timeout), repeat: "read" }, async ({ region }) => region);
  }

  stats(): Stats {
    const { active, calls, retries } = this.retry;
    return { active, calls, retries, lookups: this.core.locator.lookups, servers: this.core.pool.stats() };
  }

  /** Ends everything at once. Calls under way fail: changes that were sent with an unknown outcome, the rest with `closed`. */
  close(): void {
    this.core.pool.close(new HBaseError("closed", "ClientClosed", "the client is closed"));
  }

  private getEncoded(table: string, row: Bytes, spec: ReturnType<typeof readSpec>, deadline: number): Promise<Cell[]> {
    const bad = badRow(row);
    if (bad) return Promise.reject(bad);
    return this.retry.run({ table, row, deadline, repeat: "read" }, (target) => this.batcher.get(target, { row, ...spec }, deadline));
  }

  private encode(row: Bytes, mutation: Mutation, { durability, nonce }: WriteOptions) {
    return encodeMutation(row, mutation, { cellBlocks: this.settings.cellBlocks, maxCell: this.settings.maxCell, durability, nonce });
  }

  private change(table: string, row: Bytes, { safe, timeout }: WriteOptions): Operation {
    return { table, row, deadline: this.retry.deadline(timeout), repeat: safe ? "safe" : "once" };
  }

  private callOptions({ deadline }: Operation, region: Region, cells: readonly RowOfCells[]) {
    return { deadline, answerWithin: this.settings.callTimeout, group: region, cells };
  }
}

/** Of a change of one row, which is one action on one region. */
function outcomeOf({ regionActionResult }: Of<typeof MultiResponse>, { unsure }: Operation): Outcome {
  const [result = {}] = regionActionResult ?? [];
  if (result.exception) throw multiError(result.exception);
  return { done: result.processed === true, cells: cellsOf(result.resultOrException?.[0]?.result, []), unsure: unsure !== undefined };
}

async function inWindows<T, R>(list: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const out: R[] = [];
  for (let at = 0; at < list.length; at += WINDOW) {
    const settled = await Promise.allSettled(list.slice(at, at + WINDOW).map(run));
    for (const one of settled) {
      if (one.status === "rejected") throw one.reason;
      out.push(one.value);
    }
  }
  return out;
}
