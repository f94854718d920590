import type { NeedleHead } from "./needle";
import type { Volume } from "./volume";

export interface Location {
  readonly volume: Volume;
  readonly offset: number;
  /** Bytes of data. */
  readonly size: number;
}

/** Which blob lies where. A key is written once and deleted once: after its tombstone it never lives again, wherever its needle lies. */
export class Catalog {
  readonly #live = new Map<string, Location>();
  /** Deleted blobs whose needles still lie in a volume. As long as they do, their tombstones are needed. */
  readonly #dead = new Map<string, Volume>();
  #bytes = 0;

  get blobs(): number {
    return this.#live.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  find(key: string): Location | undefined {
    return this.#live.get(key);
  }

  add(key: string, location: Location): void {
    this.#bytes += location.size - (this.#live.get(key)?.size ?? 0);
    this.#live.set(key, location);
  }

  bury(key: string): void {
    const location = this.#live.get(key);
    if (location === undefined) return;
    this.#bytes -= location.size;
    this.#live.delete(key);
    this.#dead.set(key, location.volume);
  }

  /** Whether a compacted copy of `volume` must hold this needle of it. */
  needs(volume: Volume, head: NeedleHead, offset: number): boolean {
    if (head.deleted) return this.#dead.has(head.key) && this.#dead.get(head.key) !== volume;
    const location = this.#live.get(head.key);
    return location?.volume === volume && location.offset === offset;
  }

  /** The needle was copied. If it was deleted meanwhile, its corpse now lies in the copy. */
  moved(key: string, to: Location): void {
    if (this.#live.has(key)) this.#live.set(key, to);
    else this.#dead.set(key, to.volume);
  }

  /** The volume is gone for good, and the corpses in it. */
  forget(volume: Volume): void {
    for (const [key, where] of this.#dead) if (where === volume) this.#dead.delete(key);
  }

  /** Bytes of living data by volume. */
  liveBytes(): Map<Volume, number> {
    const sums = new Map<Volume, number>();
    for (const { volume, size } of this.#live.values()) sums.set(volume, (sums.get(volume) ?? 0) + size);
    return sums;
  }
}
