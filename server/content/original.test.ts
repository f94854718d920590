import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleParseWorker } from "@/server/bridges/email/parse-worker-bundle";
import { BlobError } from "@/storage/blobs/contract";
import { type ContentTasks, Originals } from "./original";
import type { Pool } from "./worker-pool";
import { WorkerPool } from "./worker-pool";
import { WorkFailure } from "./worker-task";

let pool: WorkerPool<ContentTasks>;
let hasty: WorkerPool<ContentTasks>;
let entry: URL;
beforeAll(async () => {
  entry = await bundleParseWorker();
  pool = new WorkerPool<ContentTasks>({ entry, limitMs: 20_000 });
  hasty = new WorkerPool<ContentTasks>({ entry, workers: 1, limitMs: 400 });
});
afterAll(async () => {
  await Promise.all([pool.close(), hasty.close()]);
  await rm(new URL(".", entry), { recursive: true });
});

const kept = (raw: string) => ({ get: async () => Buffer.from(raw.replace(/\n/g, "\r\n")) });
const open = (raw: string, images?: "on" | "off") => new Originals({ blobs: kept(raw), pool }).open("key", images && { images });

describe("a mail as it came", () => {
  test("its headers in order and decoded, its whole text", async () => {
    const { headers, text, html, cut } = await open(
      "Received: a\nReceived: b\nSubject: =?utf-8?q?=C3=BC=E2=80=AE?=\nX-A:  b\n c\n\nnew\n\nOn 3 June 2024 Ann wrote:\n> old\n-- \nsig",
    );
    expect(headers).toEqual([
      ["Received", "a"],
      ["Received", "b"],
      ["Subject", "ü"],
      ["X-A", "b c"],
    ]);
    expect(text).toContain("> old\n-- \nsig");
    expect([html, cut]).toEqual([undefined, false]);
  });

  test("its HTML made safe, pictures when asked for", async () => {
    const raw = "Content-Type: text/html\n\n<p onclick=x()>hi<img src=https://t.test/1.gif><script>x</script></p>";
    expect(await open(raw)).toMatchObject({ html: expect.stringMatching(/^<p>hi<\/p>\s*$/), blockedImages: 1, text: "hi", cut: false });
    expect((await open(raw, "on")).html).toContain("https://t.test/1.gif");
  });

  test("bounded", async () => {
    const { headers, text, cut } = await open(
      `${Array.from({ length: 500 }, (_, i) => `X-${i}: ${"y".repeat(50)}\n`).join("")}Z: ${"z".repeat(9_000)}\n\n${"long ".repeat(100_000)}`,
    );
    expect([headers.length, text.length, cut]).toEqual([200, 200_000, true]);
  });

  test("HTML that is too much is shown as text", async () => {
    const raw = `Content-Type: text/html\n\n${"<div>".repeat(100_000)}words`;
    const slow = await new Originals({ blobs: kept(raw), pool: hasty }).open("key");
    expect(slow).toMatchObject({ blockedImages: 0, cut: true });
    expect(slow.html).toBeUndefined();
    const long = await open(`Content-Type: text/html\n\n<p>words</p>${"<p>x</p>".repeat(80_000)}`);
    expect(long.html).toBeUndefined();
    expect([long.text.slice(0, 5), long.cut]).toEqual(["words", true]);
  });
});

describe("what cannot be opened says why", () => {
  const failing = (error: Error) => ({ get: () => Promise.reject(error) });
  test.each([
    ["missing", "request/not-found"],
    ["bad-request", "request/not-found"],
    ["corrupt", "store/corrupt"],
    ["unavailable", "store/unavailable"],
  ] as const)("blob %s: %s", async (kind, code) => {
    await expect(new Originals({ blobs: failing(new BlobError(kind, "x")), pool }).open("key")).rejects.toMatchObject({ code });
  });

  test.each([
    ["failed", "mail/unreadable"],
    ["too-slow", "mail/unreadable"],
    ["overloaded", "store/overloaded"],
    ["unavailable", "store/overloaded"],
  ] as const)("worker %s: %s", async (kind, code) => {
    const broken: Pool<ContentTasks> = { run: () => Promise.reject(new WorkFailure(kind)) };
    await expect(new Originals({ blobs: kept(""), pool: broken }).open("key")).rejects.toMatchObject({ code });
  });

  test("too many parts", async () => {
    await expect(open(`Content-Type: multipart/mixed; boundary=x\n\n${"--x\n\nhi\n".repeat(5_000)}`)).rejects.toMatchObject({ code: "mail/unreadable" });
  });
});
