import { type Bytes, buf } from "../wire/bytes";
import type { Filter } from "./filters";

export interface ReadOptions {
  /** Whole families. Without families and columns: the whole row. */
  readonly families?: readonly string[];
  /** A family and some of its columns, by name. */
  readonly columns?: readonly (readonly [family: string, ...qualifiers: (string | Bytes)[]])[];
  readonly filter?: Filter;
  /** Versions of each cell, newest first; 1 if not given. */
  readonly maxVersions?: number;
  /** Timestamps, in milliseconds: from (inclusive) and to (exclusive). */
  readonly from?: number;
  readonly to?: number;
  /** Cells of one row and family. */
  readonly limitPerFamily?: number;
  readonly offsetPerFamily?: number;
  /** Milliseconds for the whole call, with all its look-ups, waits and retries. For a scan: until the next answer with something new. */
  readonly timeout?: number;
}

/** What a Get and a Scan have in common. */
export function readSpec({ families = [], columns = [], filter, maxVersions = 1, from, to, limitPerFamily, offsetPerFamily }: ReadOptions) {
  return {
    column: [
      ...families.map((family) => ({ family: buf(family) })),
      ...columns.map(([family, ...qualifiers]) => ({ family: buf(family), qualifier: qualifiers.map(buf) })),
    ],
    filter,
    max_versions: maxVersions,
    time_range: from === undefined && to === undefined ? undefined : { from: from ?? 0, to },
    store_limit: limitPerFamily,
    store_offset: offsetPerFamily,
  };
}
