import { join } from "node:path";
import { BlobError } from "../../contract";
import type { Catalog } from "./catalog";
import type { Disk } from "./disk";
import { encodeHeader, HEADER_BYTES, type NeedleHead, needleBytes } from "./needle";
import { type Volume, volumeName } from "./volume";

export interface Compaction {
  readonly disk: Disk;
  readonly dir: string;
  readonly catalog: Catalog;
  /** Begins the copy. */
  readonly draft: (replaces: number) => Promise<Volume>;
}

interface Needle {
  readonly head: NeedleHead;
  readonly offset: number;
}

/**
 * Reclaims the space of deleted blobs in a sealed volume: copies what is needed, makes the copy durable, swaps, and only then removes the
 * original. The copy names the volume it replaces, so that a crash in between is finished when the store is opened. Resolves with the copy;
 * undefined when nothing was left to copy.
 */
export async function compactVolume(volume: Volume, { disk, dir, catalog, draft }: Compaction): Promise<Volume | undefined> {
  const needles = await needed(volume, catalog);
  const copy = needles.length === 0 ? undefined : await draft(volume.number);
  if (copy) {
    try {
      const copied = await copyNeedles(needles, volume, copy);
      await copy.publish(disk, dir);
      for (const { head, offset } of copied) if (!head.deleted) catalog.moved(head.key, { volume: copy, offset, size: head.size });
    } catch (error) {
      await copy.discard(disk, dir);
      throw error;
    }
  }
  await disk.remove(join(dir, volumeName(volume.number)));
  await disk.syncDirectory(dir);
  catalog.forget(volume);
  await volume.retire();
  return copy;
}

async function needed(volume: Volume, catalog: Catalog): Promise<Needle[]> {
  const needles: Needle[] = [];
  await volume.scan((head, offset) => {
    if (catalog.needs(volume, head, offset)) needles.push({ head, offset });
  });
  return needles;
}

/** Copies them as they are, but for the magic. One with damaged data stays damaged: its readers are to hear `corrupt`, not `missing`. */
async function copyNeedles(needles: readonly Needle[], from: Volume, to: Volume): Promise<Needle[]> {
  const copied: Needle[] = [];
  for (const { head, offset } of needles) {
    copied.push({ head, offset: to.end });
    const needle = await from.read(offset, needleBytes(head.size));
    if (needle.length < needleBytes(head.size)) throw new BlobError("corrupt", "A volume has become shorter.");
    await to.append([encodeHeader(to.magic, head), needle.subarray(HEADER_BYTES)]);
  }
  return copied;
}
