import type { StoreError, TableSchema } from "../../contract";
import type { Limits } from "./batcher";
import { type Disk, nodeDisk } from "./disk";

const MB = 1024 * 1024;

export interface EmbeddedStoreOptions {
  /** A directory of the store's own, made if missing. */
  readonly dir: string;
  readonly schemas: readonly TableSchema[];
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly disk?: Disk;
  /**
   * Told once, when a sync failed: what was written since the last one may or may not be on the disk, and no later sync can tell (Rebello et al.,
   * "Can Applications Recover from fsync Failures?", 2020). The store refuses all changes from then on; the process should exit and open it again.
   */
  readonly onFatal?: (error: StoreError) => void;
  /** Bytes a family gathers in memory before they become a file. It may hold twice that; the log on the disk, eight times that per family. */
  readonly writeBufferBytes?: number;
  /** Changes are refused with `full` when less than this would stay free on the disk. */
  readonly reserveBytes?: number;
  readonly limits?: Limits;
  /** Milliseconds from any start, for the durations in `stats`. */
  readonly stopwatch?: () => number;
}

export type Settings = Required<EmbeddedStoreOptions>;

const DEFAULTS = {
  disk: nodeDisk,
  onFatal: () => {},
  writeBufferBytes: 4 * MB,
  reserveBytes: 64 * MB,
  limits: { waiting: { rows: 20_000, bytes: 256 * MB }, commit: { rows: 500, bytes: 8 * MB } },
  stopwatch: () => performance.now(),
};

export const settingsOf = (options: EmbeddedStoreOptions): Settings => ({ ...DEFAULTS, ...options });
