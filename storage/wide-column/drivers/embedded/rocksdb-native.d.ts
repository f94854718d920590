/** rocksdb-native 3.18.1 ships no types; this is what Braid uses of it. */
declare module "rocksdb-native" {
  interface Range {
    readonly gte: Uint8Array;
    readonly lt: Uint8Array;
  }

  interface Entry {
    readonly key: Buffer;
    readonly value: Buffer;
  }

  interface Batch {
    /** The session whose column family and snapshot the next operation uses: private, but the only way to have several families in one batch. */
    _db: RocksDB;
  }

  interface ReadBatch extends Batch {
    get(key: Uint8Array): Promise<Buffer | null>;
    tryFlush(): void;
  }

  interface WriteBatch extends Batch {
    tryPut(key: Uint8Array, value: Uint8Array): void;
    tryDelete(key: Uint8Array): void;
    tryDeleteRange(start: Uint8Array, end: Uint8Array): void;
    flush(): Promise<void>;
  }

  interface EntryStream {
    on(event: "data", listener: (entry: Entry) => void): this;
    on(event: "end", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
  }

  interface Options {
    readonly columnFamilies: readonly RocksDB.ColumnFamily[];
    readonly columnFamily: RocksDB.ColumnFamily;
    readonly maxBackgroundJobs: number;
    readonly maxOpenFiles: number;
  }

  class RocksDB {
    constructor(path: string, options: Options);
    ready(): Promise<void>;
    close(): Promise<void>;
    /** A session that sees the database as it is now; its own sessions share the snapshot. Each must be closed. */
    snapshot(): RocksDB;
    session(options: { readonly columnFamily: RocksDB.ColumnFamily }): RocksDB;
    read(options: { readonly capacity: number; readonly autoDestroy: true }): ReadBatch;
    write(options: { readonly capacity: number; readonly autoDestroy: true }): WriteBatch;
    iterator(range: Range, options: { readonly reverse: boolean; readonly limit: number; readonly capacity: number }): EntryStream;
    currentWalFile(): Promise<{ readonly number: number }>;
  }

  namespace RocksDB {
    class BloomFilterPolicy {
      constructor(bitsPerKey: number);
    }
    class ColumnFamily {
      constructor(name: string, options: ColumnFamilyOptions);
      readonly name: string;
    }
    interface ColumnFamilyOptions {
      readonly tableBlockSize: number;
      readonly filterPolicy: BloomFilterPolicy;
      readonly writeBufferSize: number;
      readonly blockCache: boolean;
      readonly tableCacheIndexAndFilterBlocks: boolean;
    }
  }

  export = RocksDB;
}
