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
  for (const batch of batches(needles)) {
    const bodies = await Promise.all(batch.map(({ head, offset }) => from.read(offset, needleBytes(head.size))));
    if (bodies.some(({ length }, i) => length < needleBytes((batch[i] as Needle).head.size))) throw new BlobError("corrupt", "A volume has become shorter.");
    let offset = to.end;
    await to.append(bodies.flatMap((body, i) => [encodeHeader(to.magic, (batch[i] as Needle).head), body.subarray(HEADER_BYTES)]));
    for (const { head } of batch) {
      copied.push({ head, offset });
      offset += needleBytes(head.size);
    }
  }
  return copied;
}

/** Many small needles, or a few MiB of large ones, are copied at a time. */
function* batches(needles: readonly Needle[]): Generator<Needle[]> {
  let batch: Needle[] = [];
  let bytes = 0;
  for (const needle of needles) {
    batch.push(needle);
    bytes += needleBytes(needle.head.size);
    if (batch.length < 256 && bytes < 4 * 1024 * 1024) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
