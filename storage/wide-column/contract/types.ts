/**
 * The shape of a wide-column store as HBase defines it (and Bigtable before it, Chang et al. 2006): tables of rows sorted by key, each row
 * a sorted map of family:qualifier to a value with a timestamp. Only one row changes atomically. Bytes compare unsigned, left to right.
 */
export type Bytes = Uint8Array;

export interface TableSchema {
  readonly name: string;
  readonly families: readonly string[];
  /**
   * Families that are read mostly backwards, by slices from their end. A store may keep them so that this is cheap, however long the row is, and reading them
   * forwards costs what lies beyond. It changes nothing of what is answered, and cannot be changed for a family that is there.
   */
  readonly newestFirst?: readonly string[];
}

/**
 * Newest version of one column. `timestamp` is the driver's own: milliseconds since the epoch, at times a little ahead of the clock, and every
 * change of a column has a greater one than the change before. Callers never choose it.
 */
export interface Cell {
  readonly qualifier: Buffer;
  readonly value: Buffer;
  readonly timestamp: number;
}

/** A row as read, at one moment: the families asked for that hold anything, each with its cells by rising qualifier. The bytes are the caller's. */
export interface Row {
  readonly key: Buffer;
  readonly families: Readonly<Record<string, readonly Cell[]>>;
}

/**
 * One change of a cell or family. A mutation of a row may name a cell once. Deletes come before puts in effect: deleting a family and putting
 * into it in one mutation leaves just the put. `increment` adds to a 64-bit big-endian two's complement counter, wrapping around like Java's
 * long; an absent cell is 0, and a cell of any other length than 8 bytes makes the mutation a `bad-request`.
 */
export type Mutation =
  | { readonly kind: "put"; readonly family: string; readonly qualifier: Bytes; readonly value: Bytes }
  | { readonly kind: "delete"; readonly family: string; readonly qualifier: Bytes }
  | { readonly kind: "deleteFamily"; readonly family: string }
  | { readonly kind: "increment"; readonly family: string; readonly qualifier: Bytes; readonly by: bigint };

export interface Column {
  readonly family: string;
  readonly qualifier: Bytes;
}

/** The mutation happens only if the cell now has this value; `equals: undefined` means the cell is absent, which an empty value is not. */
export interface Condition extends Column {
  readonly equals: Bytes | undefined;
}

export interface MutateOptions {
  readonly when?: Condition;
}

export interface RowMutation extends MutateOptions {
  readonly row: Bytes;
  readonly mutations: readonly Mutation[];
}

export interface MutateResult {
  /** False when the condition did not hold; then nothing changed. */
  readonly applied: boolean;
}

/** Both left out: the whole row. Both given: what either names. */
export interface GetOptions {
  /** Families to read. */
  readonly families?: readonly string[];
  /** Single columns to read instead of whole families. */
  readonly columns?: readonly Column[];
}

/** A stretch of a family of one row: `from` inclusive, `to` exclusive, whichever way it is read; at most `limit` cells. A qualifier may be empty. */
export interface SliceOptions {
  readonly from?: Bytes;
  readonly to?: Bytes;
  readonly limit: number;
  readonly reverse?: boolean;
}

/** A stretch of a table: `from` inclusive, `to` exclusive, whichever way it is read; at most `limit` rows. An empty bound is none, as in Region. */
export interface ScanOptions {
  readonly from?: Bytes;
  readonly to?: Bytes;
  readonly limit?: number;
  readonly reverse?: boolean;
  readonly families?: readonly string[];
  /** No more than so many cells of a family of a row, whichever: for whoever asks only which rows there are, however wide. */
  readonly sample?: number;
}

/** A SliceOptions or ScanOptions as drivers get it: `from` is less than `to`, undefined is no bound. */
export interface Range {
  readonly from: Bytes | undefined;
  readonly to: Bytes | undefined;
  readonly limit: number;
  readonly reverse: boolean;
}

/** A ScanOptions as drivers get it. */
export interface ScanStretch extends Range {
  readonly sample: number | undefined;
}

export interface Region {
  readonly table: string;
  /** Inclusive; empty is the beginning. */
  readonly start: Buffer;
  /** Exclusive; empty is the end. */
  readonly end: Buffer;
  readonly server: string;
}

/** A server of a store of several, as it last said of itself. */
export interface StoreServer {
  /** host:port, as in `Region.server`. */
  readonly name: string;
  /** False once the others have given it up. */
  readonly alive: boolean;
  readonly regions: number;
  readonly requestsPerSecond: number;
  readonly heapMB: number;
  readonly maxHeapMB: number;
}

/** A store of several servers, as its coordinator sees it. */
export interface StoreTopology {
  /** Engine and version: "HBase 2.6.4". */
  readonly engine: string;
  /** host:port. */
  readonly coordinator: string;
  /** Coordinators that would take over. */
  readonly standbys: number;
  readonly servers: readonly StoreServer[];
  /** Regions on their way from one server to another: their rows wait. */
  readonly moving: number;
}

export interface StoreStats {
  readonly driver: string;
  /** Row mutations that were acknowledged as durable. */
  readonly mutations: number;
  /** Commits to the disk that served them: mutations / commits is the group-commit factor. */
  readonly commits: number;
  /** Calls of fsync or fdatasync. */
  readonly syncs: number;
  readonly reads: number;
  /** Milliseconds of the recent syncs. */
  readonly syncMs: { readonly p50: number; readonly p99: number };
  readonly waiting: number;
}
