import { Admin, HBase } from "../../../../hbase";
import { HBaseStore, type HBaseStoreOptions } from "../index";

/** Where the cluster of the tests is: `HBASE_SEEDS=host:port,host:port`. */
export function seeds(): string[] {
  const given = process.env.HBASE_SEEDS;
  if (!given) throw new Error("HBASE_SEEDS=host:port,... must name a running cluster.");
  return given.split(",");
}

let made = 0;
/** A name no other test uses. */
export const freshNamespace = (): string => `test_${process.pid}_${Date.now().toString(36)}_${++made}`;

/** A store in a namespace; `drop` closes it and leaves nothing in the cluster. */
export async function openStore({ namespace = freshNamespace(), ...options }: Omit<HBaseStoreOptions, "address"> & { namespace?: string }) {
  const store = await HBaseStore.open({ splits: [], ...options, address: { seeds: seeds(), namespace } });
  const drop = async () => {
    await store.close();
    await dropNamespace(namespace);
  };
  return { store, namespace, drop };
}

export async function dropNamespace(namespace: string): Promise<void> {
  await withCluster(async ({ admin }) => {
    const tables = (await admin.tables()).filter((table) => table.startsWith(`${namespace}:`));
    await Promise.all(tables.map((table) => admin.dropTable(table)));
    await admin.dropNamespace(namespace);
  });
}

export async function withCluster<T>(run: (cluster: { hbase: HBase; admin: Admin }) => Promise<T>): Promise<T> {
  const hbase = new HBase({ seeds: seeds() });
  try {
    return await run({ hbase, admin: new Admin(hbase) });
  } finally {
    hbase.close();
  }
}

/** To a server that does not have it. */
export const moveRegion = (table: string, row: Buffer): Promise<void> =>
  withCluster(async ({ hbase, admin }) => {
    const region = await hbase.locate(table, row);
    const to = (await admin.status()).servers.find(({ host, port }) => host !== region.host || port !== region.port);
    if (to === undefined) throw new Error("The cluster has one region server only.");
    await admin.move(region, to);
  });

export const splitRegion = (table: string, row: Buffer): Promise<void> => withCluster(({ admin }) => admin.split(table, row));
