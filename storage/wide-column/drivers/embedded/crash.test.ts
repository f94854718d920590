import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { expectFailure } from "../../conformance/words";
import { EmbeddedStore } from "./index";
import { directoryOfTest } from "./testing/directory";
import { readRows, SCHEMAS } from "./testing/mailbox";

const WRITER = fileURLToPath(new URL("./testing/crash-writer.ts", import.meta.url));

/** Runs the writer until it has acknowledged so many rows, kills it at once, and returns all it acknowledged. */
async function writeAndKill(dir: string, first: number, rows: number, meanwhile: () => Promise<void>): Promise<number[]> {
  const writer = spawn(process.execPath, ["--import", "tsx", WRITER, dir, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(writer, "exit");
  const acknowledged: number[] = [];
  for await (const line of createInterface(writer.stdout)) {
    if (acknowledged.length === 0) await meanwhile();
    acknowledged.push(Number(line));
    if (acknowledged.length === rows) writer.kill("SIGKILL");
  }
  expect((await exited)[1]).toBe("SIGKILL");
  return acknowledged;
}

it("loses nothing it acknowledged to kill -9, and keeps the directory locked until then", async () => {
  const dir = await directoryOfTest();
  const options = { dir, schemas: SCHEMAS, clock: () => 1 };
  const acknowledged: number[] = [];
  for (const rows of [1, 2_000, 7_000]) {
    acknowledged.push(...(await writeAndKill(dir, Math.max(0, ...acknowledged) + 1_000, rows, () => expectFailure(EmbeddedStore.open(options), "locked"))));
    const store = await EmbeddedStore.open(options);
    const { whole, torn } = await readRows(store);
    await store.close();
    expect(torn).toEqual([]);
    expect(acknowledged.filter((id) => !whole.has(id))).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThan(9_000);
}, 60_000);
