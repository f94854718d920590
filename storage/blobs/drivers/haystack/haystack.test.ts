import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { describeBlobs, pattern } from "../../conformance";
import type { BlobError, BlobErrorKind } from "../../contract";
import { type HaystackOptions, HaystackStore } from "./index";
import { HEADER_BYTES, needleBytes } from "./needle";
import { SUPERBLOCK_BYTES } from "./superblock";

let dir: string;
let opened: HaystackStore[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "haystack-"));
});
afterEach(async () => {
  for (const store of opened) await store.close();
  opened = [];
  await rm(dir, { recursive: true });
});

async function open(options: Partial<HaystackOptions> = {}): Promise<HaystackStore> {
  const store = await HaystackStore.open({ dir, clock: Date.now, random: randomBytes, ...options });
  opened.push(store);
  return store;
}

const volume = (number: number) => join(dir, `volume-00000${number}.dat`);
const kindOf = (call: Promise<unknown>): Promise<BlobErrorKind | "found"> =>
  call.then(
    () => "found" as const,
    (error: BlobError) => error.kind,
  );

describeBlobs("haystack", async () => {
  const place = await mkdtemp(join(tmpdir(), "haystack-"));
  return {
    open: ({ maxBlobBytes }) => HaystackStore.open({ dir: place, clock: Date.now, random: randomBytes, maxBlobBytes }),
    drop: () => rm(place, { recursive: true }),
  };
});

describe("group commit", () => {
  test("200 puts at once share a few syncs", async () => {
    const store = await open();
    await store.put(pattern(1));
    const before = store.stats().syncs;
    await Promise.all(Array.from({ length: 200 }, (_, i) => store.put(pattern(3000, i))));
    expect(store.stats().syncs - before).toBeLessThanOrEqual(2);
  });

  test("volumes fill up and the next begins", async () => {
    const store = await open({ maxVolumeBytes: 20_000 });
    const infos = [];
    for (let i = 0; i < 10; i++) infos.push(await store.put(pattern(5000, i)));
    expect(store.stats().volumes).toBe(4);
    expect(Math.max(...store.volumes().map(({ bytes }) => bytes))).toBeLessThanOrEqual(20_000);
    await store.close();
    const again = await open({ maxVolumeBytes: 20_000 });
    for (const [i, { key }] of infos.entries()) expect((await again.get(key)).equals(pattern(5000, i))).toBe(true);
    await again.put(pattern(5000));
    expect(again.stats().volumes).toBe(4);
  });
});

test("a second process is told that the directory is in use", async () => {
  await open();
  expect(await kindOf(open())).toBe("locked");
});

describe("damage", () => {
  /** Three blobs in one volume, then closed. */
  async function three(): Promise<string[]> {
    const store = await open();
    const keys = [];
    for (const seed of [1, 2, 3]) keys.push((await store.put(pattern(100, seed))).key);
    await store.close();
    return keys;
  }

  test("whatever byte of a volume changes, no wrong data is ever returned, and the other blobs stay", async () => {
    const keys = await three();
    const good = await readFile(volume(1));
    const middle = SUPERBLOCK_BYTES + needleBytes(100);
    const place = fc.oneof(fc.integer({ min: middle, max: middle + needleBytes(100) - 1 }), fc.nat(good.length - 1));
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] as number) ^ flip;
        await writeFile(volume(1), bad);
        const store = await open();
        const found = await Promise.all(keys.map((key) => store.get(key).catch((error: BlobError) => error.kind)));
        const intact = found.filter((data, i) => Buffer.isBuffer(data) && data.equals(pattern(100, i + 1)));
        const refused = found.filter((data) => data === "corrupt" || data === "missing");
        expect(intact.length + refused.length).toBe(3);
        expect(refused.length).toBe(at < SUPERBLOCK_BYTES ? 0 : 1);
        await store.close();
      }),
      { numRuns: 150 },
    );
  });

  test("damaged data is `corrupt`, and counted", async () => {
    const keys = await three();
    const bytes = await readFile(volume(1));
    const at = SUPERBLOCK_BYTES + needleBytes(100) + HEADER_BYTES + 50;
    bytes[at] = (bytes[at] as number) ^ 1;
    await writeFile(volume(1), bytes);
    const store = await open();
    expect(await Promise.all(keys.map((key) => kindOf(store.get(key))))).toEqual(["found", "corrupt", "found"]);
    expect(store.stats().corrupt).toBe(1);
    await store.compact(1);
    expect(await Promise.all(keys.map((key) => kindOf(store.get(key))))).toEqual(["found", "corrupt", "found"]);
  });

  test("a damaged header loses its needle only, and is counted", async () => {
    const keys = await three();
    const bytes = await readFile(volume(1));
    bytes.fill(0xff, SUPERBLOCK_BYTES + needleBytes(100), SUPERBLOCK_BYTES + needleBytes(100) + HEADER_BYTES);
    await writeFile(volume(1), bytes);
    const store = await open();
    expect(await Promise.all(keys.map((key) => kindOf(store.get(key))))).toEqual(["found", "missing", "found"]);
    expect(store.stats()).toMatchObject({ blobs: 2, corrupt: 1 });
  });

  test("without its superblock a volume is still read, and never written to", async () => {
    const keys = await three();
    const bytes = await readFile(volume(1));
    bytes.fill(0, 0, SUPERBLOCK_BYTES);
    await writeFile(volume(1), bytes);
    const store = await open();
    expect(await Promise.all(keys.map((key) => kindOf(store.get(key))))).toEqual(["found", "found", "found"]);
    await store.put(pattern(1));
    expect(store.stats()).toMatchObject({ volumes: 2, corrupt: 1 });
    expect((await readFile(volume(1))).equals(bytes)).toBe(true);
  });

  test("a blob that looks like a needle is never taken for one", async () => {
    const first = await open();
    const real = await first.put(pattern(100));
    await first.close();
    const forged = (await readFile(volume(1))).subarray(SUPERBLOCK_BYTES);
    forged.fill(0, HEADER_BYTES, HEADER_BYTES + 100);
    await rm(volume(1));
    const store = await open();
    await store.put(forged);
    await store.put(pattern(7));
    await store.close();
    const bytes = await readFile(volume(1));
    bytes.fill(0, SUPERBLOCK_BYTES, SUPERBLOCK_BYTES + HEADER_BYTES);
    await writeFile(volume(1), bytes);
    const again = await open();
    expect(await kindOf(again.get(real.key))).toBe("missing");
    expect(again.stats().blobs).toBe(1);
  });

  test("a torn tail is cut off wherever it tears, and what comes next is whole", async () => {
    const keys = await three();
    const good = await readFile(volume(1));
    for (let cut = 1; cut <= needleBytes(100); cut += 5) {
      await writeFile(volume(1), good);
      await truncate(volume(1), good.length - cut);
      const store = await open();
      expect(await Promise.all(keys.map((key) => kindOf(store.get(key))))).toEqual(["found", "found", "missing"]);
      const { key } = await store.put(pattern(40, 9));
      await store.close();
      const again = await open();
      expect((await again.get(key)).equals(pattern(40, 9))).toBe(true);
      expect(again.stats()).toMatchObject({ blobs: 3, corrupt: 0 });
      await again.close();
    }
  });

  test("zeros after a power cut are cut off too", async () => {
    await three();
    const good = await readFile(volume(1));
    await writeFile(volume(1), Buffer.concat([good, Buffer.alloc(5000)]));
    const store = await open();
    expect(store.stats()).toMatchObject({ blobs: 3, corrupt: 0 });
    expect((await readFile(volume(1))).length).toBe(good.length);
  });

  test("a volume of a newer version is left alone, in words", async () => {
    await three();
    const { crc32 } = await import("node:zlib");
    const bytes = await readFile(volume(1));
    bytes.writeUInt32BE(2, 8);
    bytes.writeUInt32BE(crc32(bytes.subarray(0, 44)), 44);
    await writeFile(volume(1), bytes);
    await expect(open()).rejects.toMatchObject({ kind: "unavailable", message: expect.stringContaining("newer") });
    expect((await readFile(volume(1))).equals(bytes)).toBe(true);
  });
});
