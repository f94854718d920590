import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { all, b, expectFailure, keys, put } from "../../conformance/words";
import type { WideColumnStore } from "../../contract";
import { EmbeddedStore } from "./index";
import { directoryOfTest, freshDirectory } from "./testing/directory";

const TABLE = "mailbox";
const ROWS = Array.from({ length: 200 }, (_, at) => `row ${String(at).padStart(3, "0")}`);
/** The damage is in the value of this row; with rows of 4,000 bytes its block of 8 KB holds the next one at most. */
const DAMAGED = 100;
const MARK = "here the disk went wrong";
const options = (dir: string) => ({ dir, schemas: [{ name: TABLE, families: ["log"] }], clock: () => 1 });

/** A closed store whose rows are in tables on the disk: opening it again moves them there from the log. */
async function stored(dir: string): Promise<void> {
  const store = await EmbeddedStore.open(options(dir));
  for (const [at, row] of ROWS.entries()) await store.mutateRow(TABLE, b(row), [put("log", "q", (at === DAMAGED ? MARK : "") + "x".repeat(4000))]);
  await store.close();
  await (await EmbeddedStore.open(options(dir))).close();
}

async function tableWithMark(dir: string): Promise<{ path: string; bytes: Buffer; at: number }> {
  for (const name of (await readdir(dir)).filter((each) => each.endsWith(".sst"))) {
    const bytes = await readFile(join(dir, name));
    const at = bytes.indexOf(MARK);
    if (at >= 0) return { path: join(dir, name), bytes, at };
  }
  throw new Error("No table holds the mark.");
}

let dir: string;
let store: WideColumnStore;

beforeAll(async () => {
  dir = await freshDirectory();
  await stored(dir);
  const { path, bytes, at } = await tableWithMark(dir);
  bytes[at] = bytes[at]! ^ 1;
  await writeFile(path, bytes);
  store = await EmbeddedStore.open(options(dir));
});

afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

const damaged = b(ROWS[DAMAGED]!);
const sound = b(ROWS[DAMAGED + 50]!);

it("never gives damaged bytes away as data, nor leaves them out: reads of them fail with `corrupt`", async () => {
  await expectFailure(store.get(TABLE, damaged), "corrupt");
  await expectFailure(store.get(TABLE, damaged, { columns: [{ family: "log", qualifier: b("q") }] }), "corrupt");
  for (const reverse of [false, true]) {
    await expectFailure(store.slice(TABLE, damaged, "log", { limit: 1, reverse }), "corrupt");
    await expectFailure(all(store.scan(TABLE, { reverse })), "corrupt");
    await expectFailure(all(store.scan(TABLE, { from: damaged, to: b(`${ROWS[DAMAGED]}\0`), reverse })), "corrupt");
  }
  const upTo = all(store.scan(TABLE, { to: b(`${ROWS[DAMAGED]}\0`), reverse: true }));
  await expectFailure(upTo, "corrupt");
});

it("reads what is sound as before", async () => {
  expect(await store.get(TABLE, sound)).toBeDefined();
  expect(keys(await all(store.scan(TABLE, { to: b(ROWS[90]!) })))).toEqual(ROWS.slice(0, 90));
  expect(keys(await all(store.scan(TABLE, { from: b(ROWS[110]!), reverse: true })))).toEqual(ROWS.slice(110).reverse());
});

it("fails a change whose condition it cannot read with `corrupt`, and changes nothing", async () => {
  const conditional = { when: { family: "log", qualifier: b("q"), equals: b("1") } };
  await expectFailure(store.mutateRow(TABLE, damaged, [put("log", "r", "1")], conditional), "corrupt");
  expect(await store.get(TABLE, damaged, { columns: [{ family: "log", qualifier: b("r") }] }).catch(({ kind }) => kind)).toBeOneOf([undefined, "corrupt"]);
});

it("does not open when a table has been cut short or is gone", async () => {
  const fresh = await directoryOfTest();
  await stored(fresh);
  const { path, bytes } = await tableWithMark(fresh);
  await truncate(path, bytes.length >> 1);
  await expectFailure(EmbeddedStore.open(options(fresh)), "corrupt");
  await rm(path);
  await expectFailure(EmbeddedStore.open(options(fresh)), "corrupt");
});
