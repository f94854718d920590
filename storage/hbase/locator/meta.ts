import type { Pool } from "../connection/pool";
import { HBaseError } from "../errors";
import type { Registry, ServerAddress } from "../registry/registry";
import { type Bytes, buf } from "../wire/bytes";
import { TableState } from "../wire/messages";
import { Client } from "../wire/methods";
import { cellsOf, piecesOf } from "../wire/results";
import { META_REGION_NAME, type Region, regionOf } from "./region";

/** Milliseconds that hbase:meta's server has to answer, before it is looked for elsewhere. */
const PATIENCE = 3000;
const ENABLED = 0;
const spec = { type: 1, value: META_REGION_NAME };

/** Reads of hbase:meta, the table that says where regions are. */
export class Meta {
  private asking?: Promise<ServerAddress>;

  constructor(
    private readonly registry: Registry,
    private readonly pool: Pool,
  ) {}

  /** Its region, which is the only one. */
  async region(deadline: number): Promise<Region> {
    this.asking ??= this.ask(deadline);
    const { host, port } = await this.asking;
    return { table: "hbase:meta", name: META_REGION_NAME, info: {}, start: Buffer.alloc(0), end: Buffer.alloc(0), host, port, state: "OPEN" };
  }

  forget(): void {
    this.asking = undefined;
  }

  /**
   * The region that holds the row, or with `before` what comes just before it: one reversed scan for one row, as regions are ordered in
   * hbase:meta by table, start key and age.
   */
  async find(table: string, row: Bytes, before: boolean, deadline: number): Promise<Region | undefined> {
    const start = before && row.length === 0 ? buf(`${table}\0`) : Buffer.concat([buf(`${table},`), row, buf(before ? ",00000000000000" : ",99999999999999")]);
    const request = {
      region: spec,
      scan: {
        column: [{ family: buf("info") }],
        start_row: start,
        stop_row: buf(`${table},,`),
        include_stop_row: true,
        reversed: true,
        max_versions: 1,
        caching: 1,
      },
      number_of_rows: 1,
      limit_of_rows: 1,
      close_scanner: true,
      client_handles_partials: false,
    };
    const reply = await this.call((connection) => connection.call(Client.scan, request, { deadline, answerWithin: PATIENCE }), deadline);
    const [found] = piecesOf(reply);
    const region = found && regionOf(found.cells);
    return region?.table === table ? region : undefined;
  }

  /** Whether the table's regions are meant to be open. */
  async enabled(table: string, deadline: number): Promise<boolean> {
    const request = { region: spec, get: { row: buf(table), column: [{ family: buf("table"), qualifier: [buf("state")] }], max_versions: 1 } };
    const { body, cells } = await this.call((connection) => connection.call(Client.get, request, { deadline, answerWithin: PATIENCE }), deadline);
    const [state] = cellsOf(body.result, cells);
    return state === undefined || TableState.decode(buf(state.value)).state === ENABLED;
  }

  private async call<T>(run: (connection: ReturnType<Pool["connection"]>) => Promise<T>, deadline: number): Promise<T> {
    const region = await this.region(deadline);
    try {
      return await run(this.pool.connection("ClientService", region));
    } catch (error) {
      if (error instanceof HBaseError && error.kind !== "busy") this.forget();
      throw error;
    }
  }

  private async ask(deadline: number): Promise<ServerAddress> {
    try {
      return await this.registry.meta(deadline);
    } catch (error) {
      this.asking = undefined;
      throw error;
    }
  }
}
