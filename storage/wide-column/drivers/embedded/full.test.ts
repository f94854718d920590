import { execFileSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { expectFailure } from "../../conformance/words";
import { EmbeddedStore } from "./index";
import { directoryOfTest } from "./testing/directory";
import { CountingDisk } from "./testing/disks";
import { readRows, SCHEMAS, writeRow, writeUntilFailure } from "./testing/mailbox";

const MB = 1024 * 1024;

it("refuses changes with `full` before the last bytes are gone, changes nothing, and goes on when there is space again", async () => {
  const disk = new CountingDisk();
  const store = await EmbeddedStore.open({ dir: await directoryOfTest(), schemas: SCHEMAS, clock: () => 1, disk, reserveBytes: 64 * MB });
  onTestFinished(() => store.close());
  disk.freeBytes = 64 * MB + 100_000;
  const acknowledged = new Set<number>();
  await writeUntilFailure(store, 0, 4, (id) => {
    acknowledged.add(id);
    if (acknowledged.size === 50) disk.freeBytes = 64 * MB;
  });
  expect(acknowledged.size).toBeGreaterThanOrEqual(50);
  await expectFailure(writeRow(store, 9_000), "full");
  expect(await readRows(store)).toEqual({ whole: acknowledged, torn: [] });
  disk.freeBytes = 65 * MB;
  expect(await writeRow(store, 9_001)).toEqual({ applied: true });
  expect((await readRows(store)).whole).toEqual(new Set([...acknowledged, 9_001]));
});

/** A file system of 24 MB, with a file of 14 MB in it to be taken away; undefined where this user may not mount one. */
async function smallFileSystem() {
  const dir = await directoryOfTest();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", dir], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync("umount", ["-l", dir]));
  await writeFile(join(dir, "ballast"), Buffer.alloc(14 * MB, 1));
  return { dir: join(dir, "store"), makeRoom: () => rm(join(dir, "ballast")) };
}

async function writeUntilSuccess(store: EmbeddedStore, first: number): Promise<number> {
  for (let id = first; ; id++) {
    const failure = await writeRow(store, id).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) return id;
    expect(failure).toMatchObject({ kind: "full" });
  }
}

/**
 * The store is told that there is space left, so that RocksDB meets the full disk: when it writes its log, or when it moves what it has in memory to a table: by the size of that memory.
 */
for (const [where, writeBufferBytes] of [
  ["in the log", 8 * MB],
  ["in a table", MB],
] as const)
  it(`changes nothing when the disk is really full ${where}, still reads, and goes on by itself when there is space`, async ({ skip }) => {
    const small = await smallFileSystem();
    if (small === undefined) return skip("Mounting a small file system needs root.");
    const options = { dir: small.dir, schemas: SCHEMAS, clock: () => 1, disk: new CountingDisk(), writeBufferBytes };
    const store = await EmbeddedStore.open(options);
    const acknowledged = new Set<number>();
    await writeUntilFailure(store, 0, 8, (id) => acknowledged.add(id));
    await expectFailure(writeRow(store, 1_000_000), "full");
    expect(await readRows(store)).toEqual({ whole: acknowledged, torn: [] });
    await small.makeRoom();
    // RocksDB looks every five seconds whether there is space again for one family's memory.
    const last = await writeUntilSuccess(store, 2_000_000);
    acknowledged.add(last);
    await store.close();
    const again = await EmbeddedStore.open(options);
    expect(await readRows(again)).toEqual({ whole: acknowledged, torn: [] });
    await again.close();
  }, 30_000);
