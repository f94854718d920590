import { expect, it, onTestFinished } from "vitest";
import { expectFailure } from "../../conformance/words";
import type { StoreError } from "../../contract";
import type { Disk } from "./disk";
import { EmbeddedStore } from "./index";
import { directoryOfTest } from "./testing/directory";
import { CountingDisk, GatedDisk, PowerCutDisk } from "./testing/disks";
import { readRows, SCHEMAS, writeRow, writeUntilFailure } from "./testing/mailbox";

const KB = 1024;

async function opened<D extends Disk>(disk: D, dir: string, writeBufferBytes = 4096 * KB) {
  const fatal: StoreError[] = [];
  const store = await EmbeddedStore.open({ dir, schemas: SCHEMAS, clock: () => 1, disk, writeBufferBytes, onFatal: (error) => fatal.push(error) });
  onTestFinished(() => store.close());
  return { store, fatal };
}

it("syncs once for all who wait, and counts what it really did", async () => {
  const disk = new CountingDisk();
  const { store } = await opened(disk, await directoryOfTest());
  const [before, syncsBefore] = [store.stats(), disk.syncs];
  await Promise.all(Array.from({ length: 200 }, (_, id) => writeRow(store, id)));
  for (let id = 200; id < 210; id++) await writeRow(store, id);
  const after = store.stats();
  expect(after.mutations - before.mutations).toBe(210);
  expect(after.commits - before.commits).toBeLessThanOrEqual(12);
  expect(after.syncs - before.syncs).toBeLessThanOrEqual(after.commits - before.commits);
  expect(after.syncs).toBe(disk.syncs - NAMES_OF_FAMILIES);
  expect(disk.syncs - syncsBefore).toBe(after.syncs - before.syncs);
  expect(after.syncMs.p99).toBeGreaterThanOrEqual(after.syncMs.p50);
});

/** Making the list of families syncs two directories, before there is a store to count it. */
const NAMES_OF_FAMILIES = 2;

it("does not answer, nor show the change to readers, before it is on the disk", async () => {
  const disk = new GatedDisk();
  const { store } = await opened(disk, await directoryOfTest());
  const { open, arrived } = disk.shut();
  let answered = false;
  const written = writeRow(store, 1).then(() => {
    answered = true;
  });
  await arrived;
  expect((await readRows(store)).whole).toEqual(new Set());
  expect(answered).toBe(false);
  expect(store.stats()).toMatchObject({ waiting: 1, mutations: 0 });
  open();
  await written;
  expect((await readRows(store)).whole).toEqual(new Set([1]));
});

it("says `unknown-outcome` to all in a commit whose sync failed, then takes no change any more, and tells so once", async () => {
  const dir = await directoryOfTest();
  const disk = new GatedDisk();
  const { store, fatal } = await opened(disk, dir);
  await writeRow(store, 1);
  const { open, arrived } = disk.shut();
  disk.broken = true;
  const caught = [writeRow(store, 2), writeRow(store, 3)].map((call) => expectFailure(call, "unknown-outcome"));
  await arrived;
  const waiting = expectFailure(writeRow(store, 4), "unavailable");
  open();
  await Promise.all([...caught, waiting]);
  disk.broken = false;
  await expectFailure(writeRow(store, 5), "unavailable");
  expect(fatal.map(({ kind }) => kind)).toEqual(["unknown-outcome"]);
  expect((await readRows(store)).whole).toEqual(new Set([1]));
  await store.close();
  const { store: again } = await opened(new CountingDisk(), dir);
  const { whole, torn } = await readRows(again);
  expect(torn).toEqual([]);
  expect(whole.has(1) && !whole.has(4) && !whole.has(5)).toBe(true);
});

it("loses nothing it acknowledged when the power goes, though RocksDB begins new logs all the time", async () => {
  for (const rows of [1, 400, 1500]) {
    const dir = await directoryOfTest();
    const disk = new PowerCutDisk();
    const { store } = await opened(disk, dir, 64 * KB);
    const acknowledged: number[] = [];
    await writeUntilFailure(store, 0, 20, (id) => {
      acknowledged.push(id);
      if (acknowledged.length === rows) disk.cut();
    });
    await store.close();
    expect(disk.lose(dir)).toBeGreaterThan(0);
    const { store: again } = await opened(new CountingDisk(), dir);
    const { whole, torn } = await readRows(again);
    expect(torn).toEqual([]);
    expect(acknowledged.filter((id) => !whole.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(rows);
  }
});
