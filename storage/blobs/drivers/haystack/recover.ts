import { join } from "node:path";
import type { Catalog } from "./catalog";
import type { Disk } from "./disk";
import { Volume, volumeName } from "./volume";

/** Opens every volume of the directory and finishes what a crash interrupted: drafts and volumes whose compacted copy is whole go. */
export async function openVolumes(disk: Disk, dir: string): Promise<Volume[]> {
  const names = await disk.list(dir);
  for (const name of names) if (/^volume-\d+\.tmp$/.test(name)) await disk.remove(join(dir, name));
  const numbers = names.flatMap((name) => /^volume-(\d+)\.dat$/.exec(name)?.[1] ?? []).map(Number);
  const volumes: Volume[] = [];
  for (const number of numbers.sort((a, b) => a - b)) volumes.push(await Volume.open(disk, dir, number));
  const replaced = new Set(volumes.map(({ replaces }) => replaces));
  for (const volume of volumes) {
    if (!replaced.has(volume.number)) continue;
    await volume.retire();
    await disk.remove(join(dir, volumeName(volume.number)));
  }
  await disk.syncDirectory(dir);
  return volumes.filter(({ number }) => !replaced.has(number));
}

/** Fills the catalog from the volumes. A tombstone may lie before its needle, because compaction moves needles. Returns the damaged places. */
export async function fillCatalog(catalog: Catalog, volumes: readonly Volume[]): Promise<number> {
  const tombstones: string[] = [];
  let damaged = 0;
  for (const volume of volumes) {
    const { lost } = await volume.recover(({ key, size, deleted }, offset) => {
      if (deleted) tombstones.push(key);
      else catalog.add(key, { volume, offset, size });
    });
    damaged += lost + (volume.intact ? 0 : 1);
  }
  for (const key of tombstones) catalog.bury(key);
  return damaged;
}
