import { resolve } from "node:path";
import { type DirectoryLock, LockedError } from "../../../lock";
import { BlobError, type BlobInfo, type BlobStats, BlobStore } from "../../contract";
import { Appender, isFull } from "./appender";
import { Catalog } from "./catalog";
import { type Disk, nodeDisk, watchSyncs } from "./disk";
import { COOKIE_BYTES, dataOf, ID_BYTES, type NeedleHead, needleBytes } from "./needle";
import { fillCatalog, openVolumes } from "./recover";
import { Volumes, type VolumeUsage } from "./volumes";

export interface HaystackOptions {
  /** Directory of the volumes; made if need be, locked against other processes. */
  readonly dir: string;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** So many bytes that nobody can guess. */
  readonly random: (bytes: number) => Uint8Array;
  /** A volume takes no more needles when it would grow beyond this. 1 GiB when left out. */
  readonly maxVolumeBytes?: number;
  /** 64 MiB when left out. */
  readonly maxBlobBytes?: number;
  readonly disk?: Disk;
}

interface Opened {
  readonly options: Required<HaystackOptions>;
  readonly catalog: Catalog;
  readonly volumes: Volumes;
  readonly lock: DirectoryLock;
  readonly damaged: number;
  readonly syncs: { count: number };
}

const NO_DATA = new Uint8Array();

/** Blobs in append-only volume files on the local disk, after Haystack (Beaver et al., OSDI 2010): one read a get, one fdatasync for many puts. */
export class HaystackStore extends BlobStore {
  readonly #catalog: Catalog;
  readonly #volumes: Volumes;
  readonly #appender: Appender;
  readonly #deleting = new Map<string, Promise<void>>();
  readonly #unreadable = new Set<string>();
  #compacting: Promise<unknown> = Promise.resolve();
  #minted = 0;

  private constructor(private readonly opened: Opened) {
    super(opened.options.maxBlobBytes);
    this.#catalog = opened.catalog;
    this.#volumes = opened.volumes;
    const { maxVolumeBytes } = opened.options;
    this.#appender = new Appender({ newVolume: () => this.#volumes.create(), maxVolumeBytes }, this.#volumes.newest);
  }

  /** Fails with BlobError `locked` when another process has the directory, and with `unavailable` when the disk fails. */
  static async open(given: HaystackOptions): Promise<HaystackStore> {
    const syncs = { count: 0 };
    const disk = watchSyncs(given.disk ?? nodeDisk, () => syncs.count++);
    const options = { maxVolumeBytes: 2 ** 30, maxBlobBytes: 2 ** 26, ...given, dir: resolve(given.dir), disk };
    const { dir } = options;
    try {
      await disk.makeDirectory(dir);
      const lock = await disk.lock(dir);
      try {
        const catalog = new Catalog();
        const all = await openVolumes(disk, dir);
        const damaged = await fillCatalog(catalog, all);
        return new HaystackStore({ options, catalog, volumes: new Volumes(options, all), lock, damaged, syncs });
      } catch (error) {
        await lock.release();
        throw error;
      }
    } catch (error) {
      throw asOpenError(dir, error);
    }
  }

  stats(): BlobStats {
    const { damaged, syncs } = this.opened;
    const { blobs, bytes } = this.#catalog;
    return { driver: "haystack", blobs, bytes, volumes: this.#volumes.count, corrupt: damaged + this.#unreadable.size, syncs: syncs.count };
  }

  /** The volumes, oldest first: what compaction would reclaim is `bytes - live`, less some 56 bytes a blob. */
  volumes(): VolumeUsage[] {
    return this.#volumes.usage(this.#catalog);
  }

  /** Reclaims the space of deleted blobs in a volume; puts and gets go on meanwhile. Fails with `full` when there is no room for the copy. */
  compact(number: number): Promise<void> {
    const compacted = this.#compacting.then(() => this.#compact(number));
    this.#compacting = compacted.catch(() => {});
    return compacted;
  }

  protected async _put(body: Uint8Array): Promise<BlobInfo> {
    const key = this.#mint();
    await this.#append({ key, size: body.length, deleted: false }, body, (volume, offset) => this.#catalog.add(key, { volume, offset, size: body.length }));
    return { key, bytes: body.length };
  }

  protected async _get(key: string): Promise<Buffer> {
    const location = this.#catalog.find(key);
    if (location === undefined) throw new BlobError("missing", "There is no such blob.");
    const { volume, offset, size } = location;
    const data = dataOf(volume.magic, key, await volume.read(offset, needleBytes(size)));
    if (data) return data;
    this.#unreadable.add(key);
    throw new BlobError("corrupt", "The stored blob is damaged.");
  }

  protected _delete(key: string): Promise<void> {
    const under = this.#deleting.get(key);
    if (under) return under;
    if (this.#catalog.find(key) === undefined) return Promise.resolve();
    const deleted = this.#append({ key, size: 0, deleted: true }, NO_DATA, () => this.#catalog.bury(key)).finally(() => this.#deleting.delete(key));
    this.#deleting.set(key, deleted);
    return deleted;
  }

  protected async _close(): Promise<void> {
    await this.#appender.idle();
    await this.#compacting;
    await this.#volumes.close();
    await this.opened.lock.release();
  }

  #append(head: NeedleHead, data: Uint8Array, durable: Parameters<Appender["add"]>[0]["durable"]): Promise<void> {
    return new Promise((done, failed) => {
      this.#appender.add({ head, data, failed, durable: (volume, offset) => done(durable(volume, offset)) });
    });
  }

  async #compact(number: number): Promise<void> {
    const volume = this.#volumes.find(number);
    if (volume === undefined) throw new BlobError("bad-request", `There is no volume ${number}.`);
    await this.#appender.seal(volume);
    try {
      await this.#volumes.compact(volume, this.#catalog);
    } catch (error) {
      if (isFull(error)) throw new BlobError("full", "There is no room to compact a volume.", { cause: error });
      throw error instanceof BlobError ? error : this.#appender.breakDown(error);
    }
  }

  /** Milliseconds 6, counter 2, random 8: the id; and the cookie. Unique even when clock and random stand still for 65,536 puts. */
  #mint(): string {
    const { clock, random } = this.opened.options;
    const id = Buffer.alloc(ID_BYTES);
    id.writeUIntBE(clock(), 0, 6);
    id.writeUInt16BE(this.#minted++ % 0x10000, 6);
    id.set(random(8), 8);
    return id.toString("hex") + Buffer.from(random(COOKIE_BYTES)).toString("hex");
  }
}

function asOpenError(dir: string, error: unknown): BlobError {
  if (error instanceof BlobError) return error;
  if (error instanceof LockedError) return new BlobError("locked", error.message, { cause: error });
  return new BlobError("unavailable", `The blobs in ${dir} cannot be opened.`, { cause: error });
}
