import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { pattern } from "../../conformance";
import { HaystackStore } from "./index";
import { SimulatedDisk } from "./simulated-disk";

const open = (disk: SimulatedDisk) => HaystackStore.open({ dir: "/blobs", clock: () => 1, random: randomBytes, maxVolumeBytes: 64_000, disk });

async function putMany(store: HaystackStore, count: number): Promise<string[]> {
  const keys = [];
  for (let i = 0; i < count; i++) keys.push((await store.put(pattern(1000, i))).key);
  return keys;
}

async function expectJust(store: HaystackStore, keys: readonly string[], alive: (i: number) => boolean): Promise<void> {
  for (const [i, key] of keys.entries()) {
    if (alive(i)) expect((await store.get(key)).equals(pattern(1000, i))).toBe(true);
    else await expect(store.get(key)).rejects.toMatchObject({ kind: "missing" });
  }
}

test("compaction reclaims the space of the deleted and keeps the others, also after a restart", async () => {
  const disk = new SimulatedDisk();
  const store = await open(disk);
  const keys = await putMany(store, 40);
  for (const key of keys.slice(0, 30)) await store.delete(key);
  const before = disk.bytesOf("/blobs/volume-000001.dat").length;
  await store.compact(1);
  expect(store.volumes()).toEqual([{ number: 2, bytes: 4096 + 10 * 1056, live: 10_000 }]);
  expect(before).toBeGreaterThan(40_000);
  await expectJust(store, keys, (i) => i >= 30);
  await store.close();
  await expectJust(await open(disk), keys, (i) => i >= 30);
});

test("a volume of which nothing lives just goes", async () => {
  const disk = new SimulatedDisk();
  const store = await open(disk);
  for (const key of await putMany(store, 3)) await store.delete(key);
  await store.compact(1);
  expect(disk.paths()).toEqual([]);
});

test("a tombstone stays as long as its corpse lies in another volume, and goes afterwards", async () => {
  const disk = new SimulatedDisk();
  const store = await open(disk);
  const keys = await putMany(store, 100);
  expect(store.volumes()).toHaveLength(2);
  await store.delete(keys[0] as string);
  await store.compact(2);
  await store.close();
  const again = await open(disk);
  await expectJust(again, keys, (i) => i > 0);
  await again.compact(1);
  const [last] = again.volumes();
  await again.compact(last?.number as number);
  expect(again.volumes().reduce((sum, { bytes }) => sum + bytes, 0)).toBe(2 * 4096 + 99 * 1056);
  await again.close();
  await expectJust(await open(disk), keys, (i) => i > 0);
});

/** Calls `act` once, at the first operation of that kind, which takes until `act` is done. */
function during(disk: SimulatedDisk, operation: string, path: RegExp, act: () => void | Promise<void>): void {
  disk.fault = async (now, where) => {
    if (now !== operation || !path.test(where)) return undefined;
    disk.fault = () => undefined;
    await act();
    return undefined;
  };
}

test("puts, gets and deletes go on while a volume is compacted", async () => {
  const disk = new SimulatedDisk();
  const store = await open(disk);
  const keys = await putMany(store, 40);
  const work: Promise<unknown>[] = [];
  during(disk, "write", /000002/, () => {
    work.push(...keys.slice(0, 10).map((key) => store.delete(key)));
    work.push(...[40, 41, 42].map(async (i) => (keys[i] = (await store.put(pattern(1000, i))).key)));
    work.push(...[20, 30, 39].map(async (i) => expect((await store.get(keys[i] as string)).equals(pattern(1000, i))).toBe(true)));
  });
  await store.compact(1);
  await Promise.all(work);
  expect(work).toHaveLength(16);
  await expectJust(store, keys, (i) => i >= 10);
  await (await open(disk)).close();
  const [withTombstones, copy] = store.volumes().map(({ number }) => number);
  await store.compact(withTombstones as number);
  await expectJust(await open(disk), keys, (i) => i >= 10);
  await store.compact(copy as number);
  await expectJust(await open(disk), keys, (i) => i >= 10);
});

test("compaction of the volume being written to waits for what is under way", async () => {
  const disk = new SimulatedDisk();
  const store = await open(disk);
  const keys = await putMany(store, 3);
  let compacting = Promise.resolve();
  during(disk, "sync", /000001/, async () => {
    compacting = store.compact(1);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  });
  keys.push((await store.put(pattern(1000, 3))).key);
  await compacting;
  expect(store.volumes().map(({ number }) => number)).toEqual([2]);
  await expectJust(store, keys, () => true);
  await expectJust(await open(disk), keys, () => true);
});

test("a compaction interrupted before the original is removed is finished when the store is opened", async () => {
  const disk = new SimulatedDisk();
  const store = await open(disk);
  const keys = await putMany(store, 10);
  disk.fault = (operation) => (operation === "remove" ? "EIO" : undefined);
  await expect(store.compact(1)).rejects.toMatchObject({ kind: "unavailable" });
  await expectJust(store, keys, () => true);
  disk.fault = () => undefined;
  expect(disk.paths()).toHaveLength(2);
  await expectJust(await open(disk), keys, () => true);
  expect(disk.paths()).toEqual(["/blobs/volume-000002.dat"]);
});

test("a compaction interrupted before the copy is whole is undone when the store is opened", async () => {
  const disk = new SimulatedDisk();
  const store = await open(disk);
  const keys = await putMany(store, 10);
  disk.fault = (operation) => (operation === "rename" || operation === "remove" ? "EIO" : undefined);
  await expect(store.compact(1)).rejects.toMatchObject({ kind: "unavailable" });
  disk.fault = () => undefined;
  expect(disk.paths()).toEqual(["/blobs/volume-000001.dat", "/blobs/volume-000002.tmp"]);
  await expectJust(await open(disk), keys, () => true);
  expect(disk.paths()).toEqual(["/blobs/volume-000001.dat"]);
});

test("of an unknown volume is a bad request", async () => {
  await expect((await open(new SimulatedDisk())).compact(7)).rejects.toMatchObject({ kind: "bad-request" });
});

test("without room for the copy everything stays as it was", async () => {
  const disk = new SimulatedDisk();
  const store = await open(disk);
  const keys = await putMany(store, 40);
  await store.delete(keys[0] as string);
  disk.capacity = disk.bytesOf("/blobs/volume-000001.dat").length + 20_000;
  await expect(store.compact(1)).rejects.toMatchObject({ kind: "full" });
  expect(disk.paths()).toEqual(["/blobs/volume-000001.dat"]);
  await expectJust(store, keys, (i) => i > 0);
  disk.capacity = Number.POSITIVE_INFINITY;
  await store.compact(1);
  await expectJust(store, keys, (i) => i > 0);
});
