import { Admin, type Bytes, buf, type Cell, type Family, HBase, type HBaseOptions, type Region, type Row } from "../index";

/** Where the cluster of the tests is: `HBASE_SEEDS=host:port,host:port`. */
export const seeds = (): string[] => {
  const given = process.env.HBASE_SEEDS;
  if (!given) throw new Error("HBASE_SEEDS=host:port,... must name a running cluster");
  return given.split(",");
};

let serial = 0;
export const key = (prefix = "k"): Buffer => buf(`${prefix}-${++serial}`);
export const text = (bytes?: Bytes): string | undefined => bytes && buf(bytes).toString("latin1");
export const long = (cell?: Cell): bigint | undefined => cell && buf(cell.value).readBigInt64BE();
export const show = (cells: readonly Cell[]): Record<string, string> => Object.fromEntries(cells.map(({ qualifier, value }) => [text(qualifier), text(value)]));

export async function all(rows: AsyncIterable<Row>): Promise<Row[]> {
  const out: Row[] = [];
  for await (const row of rows) out.push(row);
  return out;
}

/** Clients of the cluster, and a table of their own, which goes with them. */
export class Bench {
  readonly hbase: HBase;
  readonly admin: Admin;
  private readonly clients: HBase[] = [];
  private readonly made: string[] = [];

  constructor(readonly table: string) {
    this.hbase = this.client();
    this.admin = new Admin(this.hbase);
  }

  static async with(families: readonly Family[], splits: readonly string[] = []): Promise<Bench> {
    const bench = new Bench(`client_test_${process.pid}_${Date.now()}`);
    await bench.create(bench.table, families, splits);
    return bench;
  }

  client(options: Partial<HBaseOptions> = {}): HBase {
    const client = new HBase({ seeds: seeds(), ...options });
    this.clients.push(client);
    return client;
  }

  async create(table: string, families: readonly Family[], splits: readonly string[] = []): Promise<void> {
    await this.admin.createTable(
      table,
      families,
      splits.map((split) => buf(split)),
    );
    this.made.push(table);
  }

  /** Moves the row's region to another server, which must be there. */
  async moveAway(row: Bytes): Promise<void> {
    const region = (await this.hbase.regions(this.table)).find((one) => holds(one, row))!;
    const { servers } = await this.admin.status();
    const to = servers.find(({ host, port }) => host !== region.host || port !== region.port);
    if (!to) throw new Error("the cluster has one region server only");
    await this.admin.move(region, to);
  }

  async end(): Promise<void> {
    for (const table of this.made) await this.admin.dropTable(table);
    for (const client of this.clients) client.close();
  }
}

const holds = ({ start, end }: Region, row: Bytes): boolean => Buffer.compare(start, row) <= 0 && (end.length === 0 || Buffer.compare(row, end) < 0);
