import { join } from "node:path";
import type { BlobStore } from "@/storage/blobs/contract";
import { HaystackStore } from "@/storage/blobs/drivers/haystack";
import type { StoreError, WideColumnStore } from "@/storage/wide-column/contract";
import { EmbeddedStore } from "@/storage/wide-column/drivers/embedded";
import { HBaseStore } from "@/storage/wide-column/drivers/hbase";
import type { Config } from "./config";
import { type Database, openDatabase } from "./people/db/database";
import type { Log } from "./platform/log";
import { systemClock, systemRandom } from "./platform/system";
import { TABLES } from "./tables";

export interface Stores {
  readonly store: WideColumnStore;
  readonly blobs: BlobStore;
  readonly database: Database;
}

/** Opens all that keeps anything. */
export async function openStores(config: Config, log: Log): Promise<Stores> {
  const { dataDir, databaseUrl } = config;
  const opening = [
    openStore(config, log),
    HaystackStore.open({ dir: join(dataDir, "haystack"), clock: systemClock, random: systemRandom }),
    openDatabase({ clock: systemClock, ...(databaseUrl === undefined ? { dataDir: join(dataDir, "postgres") } : { url: databaseUrl }) }),
  ] as const;
  const [store, blobs, database] = await Promise.all(opening);
  return { store, blobs, database };
}

function openStore({ dataDir, storeUrl }: Config, log: Log): Promise<WideColumnStore> {
  if (storeUrl === undefined) return EmbeddedStore.open({ dir: join(dataDir, "mailboxes"), schemas: TABLES, clock: systemClock, onFatal: stopping(log) });
  log.info("Messages are kept on HBase. Waiting for the cluster.");
  return HBaseStore.open({ address: storeUrl, schemas: TABLES, clock: systemClock });
}

const stopping =
  (log: Log) =>
  (error: StoreError): void => {
    log.fatal({ err: error }, "The disk refused to keep a message. Braid stops, so that nothing more is promised.");
    process.exit(1);
  };
