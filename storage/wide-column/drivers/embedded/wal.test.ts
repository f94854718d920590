import { access, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import type { Disk } from "./disk";
import { directoryOfTest } from "./testing/directory";
import { Wal } from "./wal";

/** A directory with log files, a disk that tells what it was asked, and the number of the current log to be set. */
async function given() {
  const dir = await directoryOfTest();
  const asked: string[] = [];
  const state = { current: 4, syncs: 0 };
  const disk: Disk = {
    async open(path) {
      const name = basename(path);
      await access(path);
      return { datasync: async () => void asked.push(`sync ${name}`), close: async () => void asked.push(`close ${name}`) };
    },
    syncDirectory: async () => void asked.push("sync names"),
    free: async () => 0,
  };
  const log = (number: number) => writeFile(join(dir, `00000${number}.log`), "");
  await log(4);
  const wal = await Wal.open({ dir, disk, current: async () => state.current, onSync: () => state.syncs++ });
  const take = () => asked.splice(0);
  return { dir, log, wal, state, take };
}

it("syncs the current log, and its name once", async () => {
  const { wal, take, state } = await given();
  await wal.sync();
  await wal.sync();
  expect(take()).toEqual(["sync 000004.log", "sync names", "sync 000004.log", "sync 000004.log"]);
  expect(state.syncs).toBe(4);
});

it("syncs, when RocksDB has begun new logs, the old one first, then the new ones in order, then their names", async () => {
  const { wal, take, state, log } = await given();
  for (const number of [6, 5, 9]) await log(number);
  take();
  state.current = 6;
  await wal.sync();
  expect(take()).toEqual(["sync 000004.log", "close 000004.log", "sync 000005.log", "close 000005.log", "sync 000006.log", "sync names"]);
  await wal.sync();
  expect(take()).toEqual(["sync 000006.log"]);
});

it("does not miss a log that RocksDB has removed again", async () => {
  const { wal, take, state, log, dir } = await given();
  for (const number of [5, 6]) await log(number);
  await rm(join(dir, "000005.log"));
  take();
  state.current = 6;
  await wal.sync();
  expect(take()).toEqual(["sync 000004.log", "close 000004.log", "sync 000006.log", "sync names"]);
});
