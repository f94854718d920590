/**
 * Write-once storage for large bodies, after Haystack (Beaver et al., OSDI 2010): a blob is a needle in a volume, found through an index in
 * memory by its key, and guarded by a cookie so that keys cannot be guessed.
 */
export interface BlobInfo {
  /** Opaque, unguessable text of at most 255 safe characters; it holds the cookie. */
  readonly key: string;
  readonly bytes: number;
}

/**
 * - `missing`: no such key.
 * - `corrupt`: the stored bytes fail their checksum; they are not returned.
 * - `too-large`, `full`: nothing was stored.
 * - `unavailable`: the disk or the service failed; nothing was acknowledged.
 * - `locked`: another process has the store open. `closed`: the store was closed. `bad-request`: the call itself is wrong.
 */
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
  /** Blobs that can be read, and the sum of their bytes. */
  readonly blobs: number;
  readonly bytes: number;
  readonly volumes: number;
  /** Damaged places met since the store was opened. */
  readonly corrupt: number;
  /** Calls of fsync or fdatasync. */
  readonly syncs: number;
}

const KEY = /^[A-Za-z0-9._-]{1,255}$/;

/** The public methods check what they are given; a driver implements the `_` methods and may trust them. Failures are BlobError. */
export abstract class BlobStore {
  #closed = false;

  /** `maxBlobBytes`: a larger body is refused as `too-large`. */
  protected constructor(readonly maxBlobBytes: number) {}

  /**
   * Stores the bytes and resolves when they are durable (after fsync). Concurrent puts share one fsync. The body is not copied: it must not
   * change before. Two puts of one body are two blobs.
   */
  async put(body: Uint8Array): Promise<BlobInfo> {
    this.#checkOpen();
    if (body.length > this.maxBlobBytes) throw new BlobError("too-large", `A blob has at most ${this.maxBlobBytes} bytes, this one ${body.length}.`);
    return this._put(body);
  }

  /** The bytes, checked against their checksum. Fails with `missing` or `corrupt`. */
  async get(key: string): Promise<Buffer> {
    this.#checkOpen();
    checkKey(key);
    return this._get(key);
  }

  /** Forgets the blob for good, durably; its space is reclaimed by compaction later. Deleting what is gone is no error. */
  async delete(key: string): Promise<void> {
    this.#checkOpen();
    checkKey(key);
    return this._delete(key);
  }

  abstract stats(): BlobStats;

  /** Waits for what is under way, then lets go of the files. Further calls fail with `closed`. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this._close();
  }

  #checkOpen(): void {
    if (this.#closed) throw new BlobError("closed", "The blob store was closed.");
  }

  protected abstract _put(body: Uint8Array): Promise<BlobInfo>;
  protected abstract _get(key: string): Promise<Buffer>;
  protected abstract _delete(key: string): Promise<void>;
  protected abstract _close(): Promise<void>;
}

function checkKey(key: string): void {
  if (!KEY.test(key)) throw new BlobError("bad-request", "That is not the key of a blob.");
}
