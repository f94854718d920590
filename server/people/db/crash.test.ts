import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestDatabase, quickDirectory } from "../../../testkit/database-template";
import type { Database } from "./database";
import { type Disk, nodeDisk } from "./durable-fs";
import { guarded } from "./failure";

/** A disk that works until told to fail. */
class FailingDisk implements Disk {
  failing: { on: "write" | "sync" | "dataSync"; code: "ENOSPC" | "EIO" } | undefined;
  #check(on: "write" | "sync" | "dataSync"): void {
    if (this.failing?.on === on) throw Object.assign(new Error(`${this.failing.code} (planted)`), { code: this.failing.code });
  }
  write: Disk["write"] = (...call) => {
    this.#check("write");
    return nodeDisk.write(...call);
  };
  sync: Disk["sync"] = (fd) => {
    this.#check("sync");
    nodeDisk.sync(fd);
  };
  dataSync: Disk["dataSync"] = (fd) => {
    this.#check("dataSync");
    nodeDisk.dataSync(fd);
  };
}

let dataDir: string;
let disk: FailingDisk;
let database: Database;
let now = 0;
beforeEach(async () => {
  dataDir = quickDirectory();
  disk = new FailingDisk();
  database = await openTestDatabase({ dataDir, disk, clock: () => now });
});
afterEach(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

const insert = (key: string) => guarded(() => database.prisma.verification.create({ data: { id: key, identifier: key, value: "", expiresAt: new Date(0) } }));
const keys = async () => (await database.prisma.verification.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);

test("a WAL that cannot be made durable fails the commit; the database comes back once the disk does", async () => {
  await insert("a");
  disk.failing = { on: "dataSync", code: "EIO" };
  await expect(insert("b")).rejects.toMatchObject({ code: "store/unavailable" });
  await expect(database.ping()).rejects.toMatchObject({ code: "store/unavailable" });
  disk.failing = undefined;
  await expect(database.ping(), "it is left alone for a while").rejects.toMatchObject({ code: "store/unavailable" });
  now += 60_000;
  await database.ping();
  await insert("c");
  expect((await keys()).filter((key) => key !== "b")).toEqual(["a", "c"]); // b had no answer, so both are right
});

test("a full disk fails the change with a code of its own and keeps what was there", async () => {
  await insert("a");
  disk.failing = { on: "write", code: "ENOSPC" };
  await expect(insert("b")).rejects.toMatchObject({ code: "store/full" });
  disk.failing = undefined;
  await insert("c");
  expect(await keys()).toEqual(["a", "c"]);
});

test("a transaction whose commit fails is answered with the failure", async () => {
  disk.failing = { on: "dataSync", code: "ENOSPC" };
  const work = guarded(() =>
    database.prisma.$transaction((tx) => tx.verification.create({ data: { id: "a", identifier: "", value: "", expiresAt: new Date(0) } })),
  );
  await expect(work).rejects.toMatchObject({ code: "store/full" });
  disk.failing = undefined;
  await database.ping();
});

test("a checkpoint that cannot be made durable stops the database, and nothing that was committed is lost", async () => {
  await insert("a");
  disk.failing = { on: "sync", code: "EIO" };
  await expect(database.prisma.$executeRaw`CHECKPOINT`).rejects.toThrow();
  disk.failing = undefined;
  expect(await keys()).toEqual(["a"]);
});
