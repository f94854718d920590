import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../../testkit/database-template";
import type { Database } from "./database";
import { type Disk, nodeDisk } from "./durable-fs";

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
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "braid-db-"));
  disk = new FailingDisk();
  database = await openTestDatabase({ dataDir, disk });
});
afterEach(async () => {
  disk.failing = undefined;
  await database.close();
  rmSync(dataDir, { recursive: true });
});

const insert = (key: string) => database.prisma.verification.create({ data: { id: key, identifier: key, value: "", expiresAt: new Date(0) } });
const keys = async () => (await database.prisma.verification.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);

test("a WAL that cannot be made durable fails the commit, and the database comes back by itself", async () => {
  await insert("a");
  disk.failing = { on: "dataSync", code: "EIO" };
  await expect(insert("b")).rejects.toThrow();
  await expect(database.ping()).rejects.toThrow();
  disk.failing = undefined;
  await database.ping();
  await insert("c");
  expect((await keys()).filter((key) => key !== "b")).toEqual(["a", "c"]); // whether b is there is unknown, as its answer was
});
