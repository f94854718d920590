import RocksDB from "rocksdb-native";
import { rethrow } from "./failures";
import { type Place, View } from "./view";

const KB = 1024;
const FAMILY = {
  tableBlockSize: 8 * KB,
  // One in a hundred look-ups of an absent cell reads a block in vain.
  filterPolicy: new RocksDB.BloomFilterPolicy(10),
  // The binding cannot share one block cache between families, and each of its own grows to 32 MB: the page cache of the system serves all.
  blockCache: false,
  tableCacheIndexAndFilterBlocks: false,
};

export type Write = Place &
  (
    | { readonly kind: "put"; readonly value: Buffer }
    | { readonly kind: "delete" }
    /** Everything from `key` (inclusive) to `end` (exclusive). */
    | { readonly kind: "deleteRange"; readonly end: Buffer }
  );

export interface EngineOptions {
  readonly dir: string;
  /** All there ever were in this directory; the first is RocksDB's own default family. */
  readonly families: readonly string[];
  /** Bytes a family gathers in memory before they become a file; it may hold twice that. */
  readonly writeBufferBytes: number;
}

/** The few things Braid asks of RocksDB. All failures are StoreError. */
export class Engine {
  private constructor(
    private readonly db: RocksDB,
    private readonly families: ReadonlyMap<string, RocksDB.ColumnFamily>,
    private readonly sessions: ReadonlyMap<string, RocksDB>,
  ) {}

  static async open({ dir, families, writeBufferBytes }: EngineOptions): Promise<Engine> {
    const all = families.map((name) => new RocksDB.ColumnFamily(name, { ...FAMILY, writeBufferSize: writeBufferBytes }));
    const [columnFamily, ...columnFamilies] = all as [RocksDB.ColumnFamily, ...RocksDB.ColumnFamily[]];
    const db = new RocksDB(dir, { columnFamily, columnFamilies, maxBackgroundJobs: 2, maxOpenFiles: 500 });
    await db.ready().catch(rethrow);
    return new Engine(db, new Map(all.map((family) => [family.name, family])), new Map(all.map((each) => [each.name, db.session({ columnFamily: each })])));
  }

  /** Writes all or nothing to the log and to memory, where everyone sees it. It is not on the disk before the log is synced. */
  async write(writes: readonly Write[]): Promise<void> {
    const batch = this.db.write({ capacity: writes.length, autoDestroy: true });
    for (const write of writes) {
      batch._db = this.sessions.get(write.family)!;
      if (write.kind === "put") batch.tryPut(write.key, write.value);
      else if (write.kind === "delete") batch.tryDelete(write.key);
      else batch.tryDeleteRange(write.key, write.end);
    }
    batch._db = this.db;
    await batch.flush().catch(rethrow);
  }

  /** What is there now, to be read at leisure. Must be released. */
  view(): View {
    return new View(this.db.snapshot(), this.families);
  }

  /** The number of the log that the latest write, or a later one, went to. */
  async walNumber(): Promise<number> {
    return (await this.db.currentWalFile().catch(rethrow)).number;
  }

  async close(): Promise<void> {
    await this.db.close();
  }
}
