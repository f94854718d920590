import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pattern } from "../../conformance";
import { HaystackStore } from "./index";
import { SimulatedDisk } from "./simulated-disk";

const open = (disk: SimulatedDisk, maxVolumeBytes = 32_000) => HaystackStore.open({ dir: "/blobs", clock: () => 1, random: randomBytes, maxVolumeBytes, disk });

describe("full disk", () => {
  test("nothing is stored, nothing half written stays, and the store goes on when there is room", async () => {
    const disk = new SimulatedDisk();
    const store = await open(disk);
    const kept = await store.put(pattern(100));
    const size = disk.bytesOf("/blobs/volume-000001.dat").length;
    disk.capacity = size + 60;
    await expect(store.put(pattern(100, 2))).rejects.toMatchObject({ kind: "full" });
    await expect(store.put(pattern(30_000, 2))).rejects.toMatchObject({ kind: "full" });
    expect(disk.paths()).toEqual(["/blobs/volume-000001.dat"]);
    expect(disk.bytesOf("/blobs/volume-000001.dat").length).toBe(size);
    expect((await store.get(kept.key)).equals(pattern(100))).toBe(true);
    disk.capacity = Number.POSITIVE_INFINITY;
    const next = await store.put(pattern(100, 3));
    const again = await open(disk);
    expect((await again.get(next.key)).equals(pattern(100, 3))).toBe(true);
    expect(again.stats()).toMatchObject({ blobs: 2, corrupt: 0 });
  });
});

describe("failing disk", () => {
  test("after a failed sync every put and delete is refused, reading goes on", async () => {
    const disk = new SimulatedDisk();
    const store = await open(disk);
    const { key } = await store.put(pattern(100));
    disk.fault = (operation) => (operation === "sync" ? "EIO" : undefined);
    await expect(store.put(pattern(100))).rejects.toMatchObject({ kind: "unavailable" });
    disk.fault = () => undefined;
    await expect(store.put(pattern(100))).rejects.toMatchObject({ kind: "unavailable" });
    await expect(store.delete(key)).rejects.toMatchObject({ kind: "unavailable" });
    await expect(store.compact(1)).rejects.toMatchObject({ kind: "unavailable" });
    expect((await store.get(key)).equals(pattern(100))).toBe(true);
    await store.close();
    const again = await open(disk);
    await again.put(pattern(100));
    expect((await again.get(key)).equals(pattern(100))).toBe(true);
  });

  test("also when it is the name of a new volume that could not be made durable", async () => {
    const disk = new SimulatedDisk();
    const store = await open(disk);
    disk.fault = (operation) => (operation === "syncDirectory" ? "EIO" : undefined);
    await expect(store.put(pattern(100))).rejects.toMatchObject({ kind: "unavailable" });
    disk.fault = () => undefined;
    await expect(store.put(pattern(100))).rejects.toMatchObject({ kind: "unavailable" });
  });

  test("a failed read concerns that blob only", async () => {
    const disk = new SimulatedDisk();
    const store = await open(disk);
    const { key } = await store.put(pattern(100));
    disk.fault = (operation) => (operation === "read" ? "EIO" : undefined);
    await expect(store.get(key)).rejects.toMatchObject({ kind: "unavailable" });
    disk.fault = () => undefined;
    await store.put(pattern(100));
    expect((await store.get(key)).equals(pattern(100))).toBe(true);
  });

  test("opening it fails in words", async () => {
    const disk = new SimulatedDisk();
    await (await open(disk)).put(pattern(1));
    disk.fault = (operation) => (operation === "read" ? "EIO" : undefined);
    await expect(open(disk)).rejects.toMatchObject({ kind: "unavailable", message: "The blobs in /blobs cannot be opened." });
  });
});

/** What a client of the store knows: bodies acknowledged, and deletes asked for and acknowledged. */
class Client {
  readonly alive = new Map<string, Buffer>();
  readonly deleting = new Set<string>();
  readonly deleted = new Set<string>();

  /** Works until the power goes: bursts of puts, deletes and compactions. */
  async work(store: HaystackStore, choose: (n: number) => number): Promise<void> {
    for (;;) {
      const todo = choose(8);
      if (todo < 5) await Promise.all(Array.from({ length: choose(6) + 1 }, () => this.#put(store, pattern(choose(3000), choose(250)))));
      else if (todo < 7) await this.#delete(store, [...this.alive.keys()][choose(Math.max(1, this.alive.size))]);
      else await store.compact(store.volumes()[choose(Math.max(1, store.stats().volumes))]?.number ?? 0).catch(() => {});
    }
  }

  async check(store: HaystackStore): Promise<void> {
    for (const [key, body] of this.alive) {
      const found = await store.get(key).catch((error: Error) => error.message);
      if (Buffer.isBuffer(found) ? !found.equals(body) : !this.deleting.has(key)) expect.fail(`An acknowledged blob is lost: ${found}`);
    }
    for (const key of this.deleted) await expect(store.get(key)).rejects.toMatchObject({ kind: "missing" });
    for (const key of this.deleting) if ((await store.get(key).catch(() => undefined)) === undefined) this.alive.delete(key);
    this.deleting.clear();
  }

  async #put(store: HaystackStore, body: Buffer): Promise<void> {
    const { key } = await store.put(body);
    this.alive.set(key, body);
  }

  async #delete(store: HaystackStore, key: string | undefined): Promise<void> {
    if (key === undefined) return;
    this.deleting.add(key);
    await store.delete(key);
    this.deleting.delete(key);
    this.alive.delete(key);
    this.deleted.add(key);
  }
}

test("a power cut at any operation loses no acknowledged blob and revives no deleted one", async () => {
  let acknowledged = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 3 }), fc.integer(), async (cuts, seed) => {
      const choose = chooser(seed);
      const client = new Client();
      let disk = new SimulatedDisk({ choose });
      for (const power of cuts) {
        disk.power = power;
        await Promise.race([open(disk, 12_000).then((store) => client.work(store, choose)), powerOut(disk)]);
        disk = disk.afterPowerCut();
        await client.check(await open(disk, 12_000));
        disk = disk.afterPowerCut();
      }
      acknowledged += client.alive.size;
    }),
    { numRuns: 60 },
  );
  expect(acknowledged).toBeGreaterThan(500);
}, 30_000);

/** The small generator of Numerical Recipes: repeatable choices. */
function chooser(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

async function powerOut(disk: SimulatedDisk): Promise<void> {
  while (disk.operations < disk.power) await new Promise(setImmediate);
  await new Promise(setImmediate);
}
