/**
 * Write-once storage for large bodies, after Haystack (Beaver et al., OSDI 2010): a blob is a needle in a volume, found through an index in
 * memory by its key, and guarded by a cookie so that keys cannot be guessed.
 */
export interface BlobInfo {
  /** Opaque, unguessable text of at most 255 safe characters; it holds the cookie. */
  readonly key: string;
  readonly bytes: number;
}

/** `missing`: no such key. `corrupt`: stored bytes fail their checksum and are not returned. `too-large`, `full`: nothing was stored. */
export type BlobErrorKind = "missing" | "corrupt" | "too-large" | "full" | "unavailable" | "locked" | "closed" | "bad-request";

export class BlobError extends Error {
  override readonly name = "BlobError";
  constructor(
    readonly kind: BlobErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface BlobStats {
  readonly driver: string;
  readonly blobs: number;
  readonly bytes: number;
  readonly volumes: number;
  readonly corrupt: number;
  readonly syncs: number;
}

export abstract class BlobStore {
  /** Stores the bytes and resolves when they are durable (after fsync). Concurrent puts share one fsync. */
  abstract put(body: Uint8Array): Promise<BlobInfo>;
  /** The bytes, checked against their checksum. Fails with BlobError `missing` or `corrupt`. */
  abstract get(key: string): Promise<Buffer>;
  /** Forgets the blob; its space is reclaimed by compaction later. Deleting what is gone is no error. */
  abstract delete(key: string): Promise<void>;
  abstract stats(): BlobStats;
  abstract close(): Promise<void>;
}
