import type { HBase } from "../client/hbase";
import type { Target } from "../client/retry";
import { byEncodedName, byFullName, nameOf, type Region, tableName } from "../locator/region";
import type { ServerAddress } from "../registry/registry";
import type { Bytes } from "../wire/bytes";
import type { GetRegionInfoResponse } from "../wire/messages";
import { type Method, Master as Methods, RegionAdmin } from "../wire/methods";
import type { Of, Spec, Values } from "../wire/protobuf";
import { Master } from "./master";
import { describe, type Family, type TableDescription, tableSchema } from "./schema";
import { type ClusterStatus, statusOf } from "./status";

/** Tables, regions and servers. Every change waits until the cluster has made it. */
export class Admin {
  private readonly master: Master;

  /** @param options.timeout milliseconds for each of these calls, with everything it waits for. 120,000. */
  constructor(
    readonly hbase: HBase,
    { timeout = 120_000 }: { readonly timeout?: number } = {},
  ) {
    this.master = new Master(hbase.core, timeout);
  }

  createNamespace(name: string): Promise<void> {
    return this.master.procedure(Methods.createNamespace, { namespaceDescriptor: { name: Buffer.from(name) } });
  }

  dropNamespace(name: string): Promise<void> {
    return this.master.procedure(Methods.deleteNamespace, { namespaceName: name });
  }

  /** @param splits start keys of the second region and those after it. Worth giving: a region that a split made cannot be split for a while. */
  createTable(table: string, families: readonly Family[], splits: readonly Bytes[] = [], attributes: Readonly<Record<string, string>> = {}): Promise<void> {
    return this.master.procedure(Methods.createTable, { table_schema: tableSchema(table, families, attributes), split_keys: [...splits] });
  }

  /** Gives the table these families and attributes instead of those it has. */
  modifyTable(table: string, families: readonly Family[], attributes: Readonly<Record<string, string>> = {}): Promise<void> {
    return this.master.procedure(Methods.modifyTable, { table_name: tableName(table), table_schema: tableSchema(table, families, attributes) });
  }

  enable(table: string): Promise<void> {
    return this.master.procedure(Methods.enableTable, { table_name: tableName(table) });
  }

  disable(table: string): Promise<void> {
    return this.master.procedure(Methods.disableTable, { table_name: tableName(table) });
  }

  /** Disables it first, if need be. */
  async dropTable(table: string): Promise<void> {
    try {
      await this.disable(table);
    } catch (error) {
      if ((error as { type?: string }).type !== "TableNotEnabledException") throw error;
    }
    await this.master.procedure(Methods.deleteTable, { table_name: tableName(table) });
    this.hbase.core.locator.forgetTable(table);
  }

  /** The names of all tables, without the system's own. */
  async tables(): Promise<string[]> {
    const { table_names = [] } = await this.master.call(Methods.tableNames, {}, true);
    return table_names.map(nameOf);
  }

  async describe(table: string): Promise<TableDescription | undefined> {
    const { table_schema = [] } = await this.master.call(Methods.tableDescriptors, { table_names: [tableName(table)] }, true);
    return table_schema[0] && describe(table_schema[0]);
  }

  /** A region that a split has just made is refused until a compaction has rewritten the half files it refers to. */
  async split(table: string, at: Bytes): Promise<void> {
    const { region_info } = await this.regionInfo(table, at);
    await this.master.procedure(Methods.split, { region_info, split_row: at });
  }

  merge(a: Region, b: Region): Promise<void> {
    return this.master.procedure(Methods.merge, { region: [byEncodedName(a), byEncodedName(b)] });
  }

  /** To one server, or to one that the master chooses. */
  async move(region: Region, to?: ServerAddress): Promise<void> {
    const dest_server_name = to && { host_name: to.host, port: to.port, start_code: to.startCode };
    await this.master.call(Methods.move, { region: byEncodedName(region), dest_server_name }, to !== undefined);
  }

  /** Answers whether the balancer ran (it does not while regions are in transition, or when it is off), and what it did. */
  async balance(): Promise<{ ran: boolean; moves: number }> {
    const { balancer_ran = false, moves_executed = 0 } = await this.master.call(Methods.balance, {}, true);
    return { ran: balancer_ran, moves: moves_executed };
  }

  /** Turns the balancer on or off; answers what it was before. */
  async balancer(on: boolean): Promise<boolean> {
    const { prev_balance_value = false } = await this.master.call(Methods.setBalancer, { on, synchronous: true }, true);
    return prev_balance_value;
  }

  async status(): Promise<ClusterStatus> {
    const { cluster_status = {} } = await this.master.call(Methods.clusterStatus, {}, true);
    return statusOf(cluster_status);
  }

  /** Writes the memory of the row's region (or of every region) to files. */
  async flush(table: string, row?: Bytes): Promise<void> {
    await this.each(table, row, (at) => this.region(table, at, RegionAdmin.flush, {}));
  }

  /** Starts a compaction of the row's region (or of every region); `regionInfo` tells when it is over. */
  async compact(table: string, row?: Bytes, major = true): Promise<void> {
    await this.each(table, row, (at) => this.region(table, at, RegionAdmin.compact, { major }));
  }

  /** What its server says of the region that holds the row. `compaction_state` 0: none. */
  regionInfo(table: string, row: Bytes): Promise<Of<typeof GetRegionInfoResponse>> {
    return this.region(table, row, RegionAdmin.info, { compaction_state: true, best_split_row: true });
  }

  private async each(table: string, row: Bytes | undefined, run: (row: Bytes) => Promise<unknown>): Promise<void> {
    const rows = row ? [row] : (await this.hbase.regions(table)).map(({ start }) => start);
    await Promise.all(rows.map(run));
  }

  private region<I extends Spec, O extends Spec>(table: string, row: Bytes, method: Method<I, O>, request: Values<I>): Promise<Values<O>> {
    const deadline = this.master.deadline();
    const attempt = async ({ region, connection }: Target) => (await connection.call(method, { ...request, region: byFullName(region) }, { deadline })).body;
    return this.hbase.core.retry.run({ table, row, service: method.service, deadline, repeat: "read" }, attempt);
  }
}
