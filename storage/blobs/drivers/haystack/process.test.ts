import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pattern } from "../../conformance/pattern";
import { HaystackStore } from "./index";

let dir: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "haystack-"));
});
afterEach(async () => {
  child?.kill("SIGKILL");
  await rm(dir, { recursive: true });
});

const open = () => HaystackStore.open({ dir, clock: Date.now, random: randomBytes, maxVolumeBytes: 2 ** 20 });

/** Sixteen writers in a process of their own; each acknowledged blob is a line `key size seed`, each failure `failed kind`. */
const WRITER = `
  const { HaystackStore } = await import(${JSON.stringify(new URL("./index.ts", import.meta.url).href)});
  const { pattern } = await import(${JSON.stringify(new URL("../../conformance/pattern.ts", import.meta.url).href)});
  const { randomBytes } = await import("node:crypto");
  const store = await HaystackStore.open({ dir: process.argv[1], clock: Date.now, random: randomBytes, maxVolumeBytes: 2 ** 20 });
  const write = async (seed) => {
    for (let size = seed; ; size = (size * 7 + 13) % 20_000) {
      const said = await store.put(pattern(size, seed)).then(({ key }) => [key, size, seed].join(" "), (error) => "failed " + error.kind);
      process.stdout.write(said + "\\n");
      if (said.startsWith("failed")) return;
    }
  };
  for (let seed = 1; seed <= 16; seed++) void write(seed);
`;

/** Runs the writer, by a shell that may limit it, until it has said so many lines. */
async function write(lines: number, limit = ""): Promise<string[]> {
  const command = `${limit} exec "$0" --import tsx --input-type=module -e "$1" "$2"`;
  child = spawn("/bin/sh", ["-c", command, process.execPath, WRITER, dir], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    if (said.push(line) === lines) child.kill("SIGKILL");
  }
  await exit;
  return said.filter((line) => line.split(" ").length === 3);
}

async function expectAll(store: HaystackStore, said: readonly string[]): Promise<void> {
  for (const line of said) {
    const [key, size, seed] = line.split(" ") as [string, string, string];
    expect((await store.get(key)).equals(pattern(Number(size), Number(seed)))).toBe(true);
  }
}

test("kill -9 of a writer loses no acknowledged blob, three times in a row", async () => {
  const said: string[] = [];
  for (const lines of [1, 300, 1500]) {
    said.push(...(await write(lines)));
    const store = await open();
    await expectAll(store, said);
    expect(store.stats().corrupt).toBe(0);
    await store.close();
  }
  expect(said.length).toBeGreaterThanOrEqual(1801);
}, 20_000);

test("when the system takes no more bytes, what was acknowledged stays, the rest is refused as `full`", async () => {
  const said = await write(10_000, "ulimit -f 1000;");
  expect(said.length).toBeGreaterThan(10);
  const store = await open();
  await expectAll(store, said);
  expect(store.stats()).toMatchObject({ blobs: said.length, corrupt: 0 });
  await store.close();
}, 20_000);
