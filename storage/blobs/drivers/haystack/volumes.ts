import type { Catalog } from "./catalog";
import { compactVolume } from "./compact";
import type { Disk } from "./disk";
import { MAGIC_BYTES } from "./needle";
import { Volume } from "./volume";

export interface VolumeUsage {
  readonly number: number;
  /** Size of the file. */
  readonly bytes: number;
  /** Bytes of blobs in it that can still be read. */
  readonly live: number;
}

export interface VolumesOptions {
  readonly disk: Disk;
  readonly dir: string;
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

/** The volumes of a store, by number. Numbers only grow while any volume lives that was numbered after. */
export class Volumes {
  #all: Volume[];
  #last: number;

  constructor(
    private readonly options: VolumesOptions,
    all: readonly Volume[],
  ) {
    this.#all = [...all];
    this.#last = Math.max(0, ...all.map(({ number }) => number));
  }

  get count(): number {
    return this.#all.length;
  }

  find(number: number): Volume | undefined {
    return this.#all.find((volume) => volume.number === number);
  }

  /** The one to go on writing to after a restart. */
  get newest(): Volume | undefined {
    const newest = this.#all.at(-1);
    return newest?.intact ? newest : undefined;
  }

  async create(): Promise<Volume> {
    const { disk, dir } = this.options;
    const volume = await this.#draft(0);
    try {
      await volume.publish(disk, dir);
    } catch (error) {
      await volume.discard(disk, dir);
      throw error;
    }
    this.#all.push(volume);
    return volume;
  }

  async compact(volume: Volume, catalog: Catalog): Promise<void> {
    const { disk, dir } = this.options;
    const copy = await compactVolume(volume, { disk, dir, catalog, draft: (replaces) => this.#draft(replaces) });
    this.#all = [...this.#all.filter((other) => other !== volume), ...(copy ? [copy] : [])];
  }

  usage(catalog: Catalog): VolumeUsage[] {
    const live = catalog.liveBytes();
    return this.#all.map((volume) => ({ number: volume.number, bytes: volume.end, live: live.get(volume) ?? 0 }));
  }

  async close(): Promise<void> {
    for (const volume of this.#all.splice(0)) await volume.retire();
  }

  #draft(replaces: number): Promise<Volume> {
    const { disk, dir, clock, random } = this.options;
    return Volume.draft(disk, dir, { number: ++this.#last, replaces, magic: Buffer.from(random(MAGIC_BYTES)), madeAt: clock() });
  }
}
