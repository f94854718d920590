import { expect, test } from "vitest";
import { StoreError, type StoreTopology } from "@/storage/wide-column/contract";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { storageOverview, storeServersFinding, topologyFinding } from "./storage-overview";
import { TABLES } from "./tables";

const server = (name: string, alive = true) => ({ name, alive, regions: alive ? 4 : 0, requestsPerSecond: 1, heapMB: 180, maxHeapMB: 512 });
const WELL: StoreTopology = { engine: "HBase 2.6.4", coordinator: "m:1", standbys: 1, servers: [server("a:1"), server("b:1")], moving: 0 };

class Elsewhere extends MemoryStore {
  constructor(private readonly seen: StoreTopology | undefined) {
    super({ schemas: TABLES, clock: () => 0 });
  }
  protected override async _topology(): Promise<StoreTopology> {
    if (this.seen === undefined) throw new StoreError("unavailable", "silence");
    return this.seen;
  }
}

test("a store in the process has no servers to speak of", async () => {
  const store = new MemoryStore({ schemas: TABLES, clock: () => 0 });
  expect(await storageOverview(store)).toBeUndefined();
  expect(await storeServersFinding(store)).toBeUndefined();
});

test("servers, load and regions in words", async () => {
  expect(await storageOverview(new Elsewhere(WELL))).toMatchObject({
    engine: "HBase 2.6.4",
    words: "2 servers hold all messages; the master is m:1, with 1 to take over.",
    servers: [{ name: "a:1", alive: true, words: "4 regions, 1 request a second, 180 of 512 MB of memory" }, {}],
    tables: expect.arrayContaining([{ name: "mailbox", words: "1 region: 1 on memory" }]),
  });
});

test("what is down or under way is slow, nothing left is broken", () => {
  expect(topologyFinding({ ...WELL, servers: [server("a:1"), server("b:1", false)], moving: 2, standbys: 0 })).toEqual({
    state: "slow",
    words: "1 of 2 servers down; 2 regions on the way to another server: messages of people in them wait; the master is m:1, with nobody to take over.",
  });
  expect(topologyFinding({ ...WELL, servers: [server("a:1", false)] }).state).toBe("broken");
});

test("without a master the store goes on, and says so", async () => {
  expect(await storeServersFinding(new Elsewhere(undefined))).toMatchObject({ state: "slow", words: expect.stringContaining("The master does not answer.") });
  expect((await storageOverview(new Elsewhere(undefined)))?.tables.length).toBe(TABLES.length);
});
