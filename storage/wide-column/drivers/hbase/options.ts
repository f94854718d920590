import type { HBaseOptions } from "../../../hbase";
import type { TableSchema } from "../../contract";
import type { HBaseAddress } from "./address";

const MB = 1024 * 1024;

export interface HBaseStoreOptions {
  /** `hbase://host:port,host:port?namespace=name`, or its parts. */
  readonly address: string | HBaseAddress;
  readonly schemas: readonly TableSchema[];
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds to wait for the cluster when the store is opened. */
  readonly patience?: number;
  /** Milliseconds for one call, with all its retries while regions move or servers come back. */
  readonly timeout?: number;
  /** First rows of the second region of a new table, and of those after it. */
  readonly splits?: readonly Uint8Array[];
  /** Changes are refused with `overloaded` when more than this waits. */
  readonly limits?: { readonly rows: number; readonly bytes: number };
  /** Rows whose newest timestamp is remembered; twice as many as may be changed at once at least. */
  readonly rememberedRows?: number;
  /** Milliseconds from any start, for the durations in `stats`. */
  readonly stopwatch?: () => number;
  /** How connections are made, for tests. */
  readonly connect?: HBaseOptions["connect"];
}

export type Settings = Required<Omit<HBaseStoreOptions, "connect">> & Pick<HBaseStoreOptions, "connect">;

/** An id's first letter is one of 8: a digest's is any of them. Ids made of the time all begin with 0 until 2109; their region splits as it grows. */
const SPLITS = ["1", "2", "3", "4", "5", "6", "7"].map((letter) => Buffer.from(letter));

const DEFAULTS = {
  patience: 60_000,
  timeout: 30_000,
  splits: SPLITS,
  limits: { rows: 20_000, bytes: 256 * MB },
  rememberedRows: 50_000,
  stopwatch: () => performance.now(),
};

export const settingsOf = (options: HBaseStoreOptions): Settings => ({ ...DEFAULTS, ...options });
