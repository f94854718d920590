import { afterAll, beforeAll, it } from "vitest";
import { put as putCell } from "../../../hbase";
import { all, b, expectFailure, put } from "../../conformance/words";
import type { WideColumnStore } from "../../contract";
import { openStore, withCluster } from "./testing/cluster";

let store: WideColumnStore;
let table: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  const opened = await openStore({ schemas: [{ name: "mailbox", families: ["head", "log"], newestFirst: ["log"] }], clock: Date.now });
  ({ store, drop } = opened);
  table = `${opened.namespace}:mailbox`;
});
afterAll(() => drop());

/** What is stored in a cell, and what is stored there from now on: behind the driver's back. */
const stored = (row: string, family: string) => withCluster(async ({ hbase }) => (await hbase.get(table, b(row), { families: [family] }))[0]!);
const overwrite = (row: string, family: string, qualifier: Uint8Array, value: Uint8Array) =>
  withCluster(({ hbase }) => hbase.mutateRow(table, b(row), [putCell([family, qualifier, value, Date.now() + 60_000])]));

async function expectDamage(row: string, family: string): Promise<void> {
  await expectFailure(store.get("mailbox", b(row)), "corrupt");
  await expectFailure(store.getMany("mailbox", [b("other"), b(row)]), "corrupt");
  for (const reverse of [true, false]) await expectFailure(store.slice("mailbox", b(row), family, { limit: 10, reverse }), "corrupt");
  await expectFailure(all(store.scan("mailbox", { from: b(row), limit: 1 })), "corrupt");
}

it("never answers a value of which a bit is wrong, but says `corrupt`", async () => {
  for (const family of ["head", "log"]) {
    await store.mutateRow("mailbox", b(`bit ${family}`), [put(family, "a", "a value")]);
    const { qualifier, value } = await stored(`bit ${family}`, family);
    const broken = Buffer.from(value);
    broken[2]! ^= 4;
    await overwrite(`bit ${family}`, family, qualifier, broken);
    await expectDamage(`bit ${family}`, family);
  }
});

it("never answers a value that belongs elsewhere", async () => {
  await store.mutateRow("mailbox", b("one"), [put("head", "a", "of one"), put("head", "b", "b of one")]);
  await store.mutateRow("mailbox", b("two"), [put("head", "a", "of two")]);
  const { qualifier, value } = await stored("one", "head");
  await overwrite("two", "head", qualifier, value);
  await expectDamage("two", "head");
  await overwrite("one", "head", b("b"), value);
  await expectDamage("one", "head");
});

it("is not misled by a damaged qualifier where they are stored turned round", async () => {
  await store.mutateRow("mailbox", b("turned"), [put("log", "a", "value")]);
  const { value } = await stored("turned", "log");
  await overwrite("turned", "log", b("no turned qualifier"), value);
  await expectDamage("turned", "log");
});
