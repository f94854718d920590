import { buf, HBase, type HBaseOptions } from "../index";
import { META_REGION_NAME, tableName } from "../locator/region";
import { type Cell, CellType } from "../wire/cells";
import { type GetRequest, type MultiRequest, type MutateRequest, RegionInfo, type RegionSpecifier, type ScanRequest, TableState } from "../wire/messages";
import type { Of } from "../wire/protobuf";
import { FakeServer, type Reaction, type Request } from "./fake-server";

const TABLE = "t";
const BASE = "org.apache.hadoop.hbase.";

/** A region of the table; `behave` answers instead of the usual. */
export class FakeRegion {
  state = "OPEN";
  behave?: (request: Request) => Reaction | undefined | Promise<Reaction | undefined>;
  readonly name: Buffer;

  constructor(
    readonly start: string,
    readonly end: string,
    public server: FakeServer,
    id: number,
  ) {
    this.name = buf(`${TABLE},${start},${id}.${String(id).padStart(32, "0")}.`);
  }
}

/** Servers with the regions of one table "t" and hbase:meta on the first of them. A read answers one cell, whose value is the row. */
export class FakeCluster {
  readonly table = TABLE;
  readonly servers: FakeServer[] = [];
  regions: FakeRegion[] = [];
  disabled = false;
  /** Answers the look-ups, if it is set. */
  meta?: (request: Request) => Reaction | undefined | Promise<Reaction | undefined>;
  private readonly clients: HBase[] = [];
  private lastId = 0;

  /** @param splits start keys of the second region and those after it; regions go to the servers in turn */
  static async start({ servers = 1, splits = [] }: { servers?: number; splits?: string[] } = {}): Promise<FakeCluster> {
    const cluster = new FakeCluster();
    for (let i = 0; i < servers; i++) cluster.servers.push(await FakeServer.start((request) => cluster.handle(i, request)));
    const keys = ["", ...splits];
    cluster.regions = keys.map((key, i) => cluster.region(key, keys[i + 1] ?? "", i % servers));
    return cluster;
  }

  region(start: string, end: string, server: number): FakeRegion {
    return new FakeRegion(start, end, this.servers[server]!, ++this.lastId);
  }

  client(options: Partial<HBaseOptions> = {}): HBase {
    const client = new HBase({ seeds: [this.servers[0]!.address], ...options });
    this.clients.push(client);
    return client;
  }

  /** Requests of one kind, over all servers. */
  count(method: string): number {
    return this.servers.reduce((sum, server) => sum + server.count(method), 0);
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await Promise.all(this.servers.map((server) => server.stop()));
  }

  private async handle(index: number, request: Request): Promise<Reaction> {
    if (request.method === "GetMetaRegionLocations") return { body: { meta_locations: [{ region_info: {}, server_name: this.serverName(0) }] } };
    if (request.method === "GetActiveMaster") return { body: { server_name: this.serverName(0) } };
    if (request.method === "GetBootstrapNodes") return { body: { server_name: this.servers.map((_, i) => this.serverName(i)) } };
    if (request.method === "GetClusterId") return { body: { cluster_id: "fake" } };
    const names = regionNames(request);
    if (names.some((name) => name.equals(META_REGION_NAME))) return (await this.meta?.(request)) ?? this.metaAnswer(request);
    for (const name of names) {
      const region = this.regions.find((one) => one.name.equals(name));
      if (region?.server !== this.servers[index]) return { exception: `${BASE}NotServingRegionException` };
      const reaction = await region?.behave?.(request);
      if (reaction) return reaction;
    }
    return usual(request);
  }

  private metaAnswer({ method, body }: Request): Reaction {
    if (method === "Get") {
      const value = TableState.encode({ state: this.disabled ? 1 : 0 });
      return { body: { result: { associated_cell_count: 1 } }, cells: [metaCell(buf(TABLE), "table", "state", value)] };
    }
    const { scan = {} } = body as Of<typeof ScanRequest>;
    const rows = scan.reversed ? this.lastUpTo(scan.start_row!) : this.regions;
    const cells = rows.map((region) => this.metaRow(region));
    return { body: { cells_per_result: cells.map((row) => row.length), more_results: false }, cells: cells.flat() };
  }

  /** The region that a reversed scan for a row finds first. */
  private lastUpTo(start: Uint8Array): FakeRegion[] {
    const beyond = !buf(start).includes(","); // "t\0": the end of the table
    const found = this.regions.filter(({ name }) => beyond || Buffer.compare(name, start) <= 0).sort((a, b) => Buffer.compare(b.name, a.name));
    return found.slice(0, 1);
  }

  private metaRow({ name, start, end, state, server }: FakeRegion): Cell[] {
    const info = RegionInfo.encode({ region_id: 1, table_name: tableName(TABLE), start_key: buf(start), end_key: buf(end) });
    return [
      metaCell(name, "info", "regioninfo", Buffer.concat([buf("PBUF"), info])),
      metaCell(name, "info", "server", buf(server.address)),
      metaCell(name, "info", "state", buf(state)),
    ];
  }

  private serverName(index: number) {
    return { host_name: "127.0.0.1", port: this.servers[index]!.port, start_code: 1 };
  }
}

const metaCell = (row: Buffer, family: string, qualifier: string, value: Buffer): Cell => ({
  row,
  family: buf(family),
  qualifier: buf(qualifier),
  ts: 1,
  type: CellType.put,
  value,
});

export const cellOf = (row: Uint8Array, value = row, qualifier = "q"): Cell => metaCell(buf(row), "f", qualifier, buf(value));

function regionNames({ method, body }: Request): Buffer[] {
  const specifiers =
    method === "Multi" ? ((body as Of<typeof MultiRequest>).regionAction ?? []).map(({ region }) => region) : [body.region as Of<typeof RegionSpecifier>];
  return specifiers.filter((one) => one?.value !== undefined).map((one) => buf(one!.value!));
}

/** Reads answer the row, changes are made. */
export function usual({ method, body }: Request): Reaction {
  switch (method) {
    case "Get":
      return { body: { result: { associated_cell_count: 1 } }, cells: [cellOf((body as Of<typeof GetRequest>).get!.row!)] };
    case "Mutate":
      return { body: { processed: (body as Of<typeof MutateRequest>) !== undefined } };
    case "Multi":
      return multi(body as Of<typeof MultiRequest>);
    default:
      throw new Error(`the fake cluster knows no ${method}`);
  }
}

function multi({ regionAction = [] }: Of<typeof MultiRequest>): Reaction {
  const cells: Cell[] = [];
  const regionActionResult = regionAction.map(({ action = [], atomic }) => ({
    processed: atomic ? true : undefined,
    resultOrException: action.map(({ index, get }) => {
      if (get) cells.push(cellOf(get.row!));
      return { index, result: get ? { associated_cell_count: 1 } : {} };
    }),
  }));
  return { body: { regionActionResult }, cells };
}
