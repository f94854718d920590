import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BlobErrorKind, BlobStore } from "../contract";
import { pattern } from "./pattern";

export { pattern };

export interface BlobFixture {
  /** Opens the store; a second call, after closing the first, finds what the first stored. */
  open(options: { readonly maxBlobBytes: number }): Promise<BlobStore>;
  /** Removes everything. */
  drop(): Promise<void>;
}

const MAX = 1024 * 1024;
const ABSENT = "0123456789abcdef";

/** What every blob store must do. `fixture` makes an empty place for one test. */
export function describeBlobs(name: string, fixture: () => Promise<BlobFixture>): void {
  describe(`blob store: ${name}`, () => {
    let place: BlobFixture;
    let store: BlobStore;
    beforeEach(async () => {
      place = await fixture();
      store = await place.open({ maxBlobBytes: MAX });
    });
    afterEach(async () => {
      await store.close();
      await place.drop();
    });
    const reopen = async () => {
      await store.close();
      store = await place.open({ maxBlobBytes: MAX });
    };

    describe("put and get", () => {
      test.each([0, 1, 7, 8, 9, 4095, 4096, 65_536, MAX])("%i bytes come back as they were, now and after a restart", async (bytes) => {
        const body = pattern(bytes);
        const info = await store.put(body);
        expect(info.bytes).toBe(bytes);
        expect((await store.get(info.key)).equals(body)).toBe(true);
        await reopen();
        expect((await store.get(info.key)).equals(body)).toBe(true);
      });

      test("a plain Uint8Array that is a view of something larger", async () => {
        const whole = new Uint8Array(pattern(100));
        const { key } = await store.put(whole.subarray(10, 20));
        expect([...(await store.get(key))]).toEqual([...whole.subarray(10, 20)]);
      });

      test("many at once, each under its own key", async () => {
        const bodies = Array.from({ length: 50 }, (_, i) => pattern(i * 37, i));
        const keys = await Promise.all(bodies.map(async (body) => (await store.put(body)).key));
        expect(new Set(keys).size).toBe(bodies.length);
        const found = await Promise.all(keys.map((key) => store.get(key)));
        expect(found.every((data, i) => data.equals(bodies[i] as Buffer))).toBe(true);
      });

      test("what a reader does to its copy is not stored", async () => {
        const { key } = await store.put(pattern(100));
        (await store.get(key)).fill(0);
        expect((await store.get(key)).equals(pattern(100))).toBe(true);
      });

      test("a body that is too large is refused and nothing is stored", async () => {
        await fails(store.put(Buffer.alloc(MAX + 1)), "too-large");
        expect(store.stats()).toMatchObject({ blobs: 0, bytes: 0 });
      });
    });

    describe("keys", () => {
      test("are short and safe in URLs, file names and headers", async () => {
        expect((await store.put(pattern(1))).key).toMatch(/^[A-Za-z0-9._-]{16,255}$/);
      });

      test("of equal bodies differ, and one can be deleted without the other", async () => {
        const [one, other] = await Promise.all([store.put(pattern(9)), store.put(pattern(9))]);
        await store.delete(one.key);
        await fails(store.get(one.key), "missing");
        expect((await store.get(other.key)).equals(pattern(9))).toBe(true);
      });

      test("with any letter changed find nothing", async () => {
        const { key } = await store.put(pattern(9));
        for (let at = 0; at < key.length; at++) {
          const wrong = key.slice(0, at) + (key[at] === "a" ? "b" : "a") + key.slice(at + 1);
          await fails(store.get(wrong), "missing");
        }
      });

      test.each(["", "../secret", "a/b", "a b", "x".repeat(256), "ключ", "a\n"])("%j is no key", async (key) => {
        await fails(store.get(key), "bad-request");
        await fails(store.delete(key), "bad-request");
      });
    });

    describe("delete", () => {
      test("is for good", async () => {
        const { key } = await store.put(pattern(9));
        await store.delete(key);
        await fails(store.get(key), "missing");
        await reopen();
        await fails(store.get(key), "missing");
        expect(store.stats()).toMatchObject({ blobs: 0, bytes: 0 });
      });

      test("of what is gone or never was is no error, also twice at once", async () => {
        const { key } = await store.put(pattern(9));
        await Promise.all([store.delete(key), store.delete(key)]);
        await store.delete(key);
        await store.delete(ABSENT);
        await fails(store.get(ABSENT), "missing");
      });

      test("under a wrong cookie deletes nothing", async () => {
        const { key } = await store.put(pattern(9));
        await store.delete(key.slice(0, -1) + (key.endsWith("a") ? "b" : "a"));
        expect((await store.get(key)).equals(pattern(9))).toBe(true);
      });
    });

    test("stats count what can be read", async () => {
      const infos = await Promise.all([store.put(pattern(10)), store.put(pattern(20)), store.put(pattern(30))]);
      await store.delete((infos[0] as { key: string }).key);
      expect(store.stats()).toMatchObject({ blobs: 2, bytes: 50, corrupt: 0 });
      await reopen();
      expect(store.stats()).toMatchObject({ blobs: 2, bytes: 50, corrupt: 0 });
    });

    test("closing waits for what is under way; afterwards every call fails", async () => {
      const putting = store.put(pattern(1000));
      await store.close();
      const { key } = await putting;
      await fails(store.put(pattern(1)), "closed");
      await fails(store.get(key), "closed");
      await fails(store.delete(key), "closed");
      await store.close();
      store = await place.open({ maxBlobBytes: MAX });
      expect((await store.get(key)).equals(pattern(1000))).toBe(true);
    });
  });
}

const fails = (call: Promise<unknown>, kind: BlobErrorKind) => expect(call).rejects.toMatchObject({ name: "BlobError", kind });
