import { readdir } from "node:fs/promises";
import { expect, it, onTestFinished } from "vitest";
import { sameAsModel } from "../../conformance/against-model";
import { SCHEMAS, TABLE } from "../../conformance/subject";
import { b, expectFailure, put, show } from "../../conformance/words";
import type { TableSchema } from "../../contract";
import { EmbeddedStore } from "./index";
import { directoryOfTest } from "./testing/directory";

async function given() {
  const dir = await directoryOfTest();
  let now = 1000;
  let store: EmbeddedStore | undefined;
  const open = async (schemas: readonly TableSchema[] = SCHEMAS) => {
    await store?.close();
    store = await EmbeddedStore.open({ dir, schemas, clock: () => now });
    return store;
  };
  onTestFinished(() => store?.close());
  const setClock = (time: number) => {
    now = time;
  };
  return { dir, open, setClock };
}

it("answers what the model answers when it is closed and opened again in between", async () => {
  const { open } = await given();
  let store = await open();
  await sameAsModel(
    15,
    () => store,
    async () => {
      store = await open();
    },
  );
}, 60_000);

it("opens with more tables and families than before, with fewer, and with all again, and keeps what they hold", async () => {
  const { open } = await given();
  const row = b("row");
  let store = await open([{ name: "one", families: ["a"] }]);
  await store.mutateRow("one", row, [put("a", "q", "one a")]);
  store = await open([
    { name: "zero", families: ["a", "b"] },
    { name: "one", families: ["b", "a"] },
  ]);
  expect(show(await store.get("one", row))).toEqual({ a: ["q=one a"] });
  await store.mutateRow("zero", row, [put("a", "q", "zero a"), put("b", "q", "zero b")]);
  store = await open([{ name: "zero", families: ["b"] }]);
  expect(show(await store.get("zero", row))).toEqual({ b: ["q=zero b"] });
  await expectFailure(store.get("one", row), "bad-request");
  store = await open([
    { name: "one", families: ["a", "b"] },
    { name: "two", families: ["default"] },
    { name: "zero", families: ["a", "b"] },
  ]);
  await store.mutateRow("two", row, [put("default", "q", "two")]);
  expect(show(await store.get("one", row))).toEqual({ a: ["q=one a"] });
  expect(show(await store.get("zero", row))).toEqual({ a: ["q=zero a"], b: ["q=zero b"] });
  expect(show(await store.get("two", row))).toEqual({ default: ["q=two"] });
});

it("gives newer timestamps than before though the clock was set back while it was closed", async () => {
  const { open, setClock } = await given();
  const stamp = async (store: EmbeddedStore) => {
    await store.mutateRow(TABLE, b("row"), [put("head", "q", "")]);
    return (await store.slice(TABLE, b("row"), "head", { limit: 1 }))[0]?.timestamp ?? 0;
  };
  setClock(5000);
  const first = await stamp(await open());
  setClock(100);
  expect(await stamp(await open())).toBeGreaterThan(first);
  expect(first).toBe(5000);
});

it("is locked against a second opening, which does no harm to the first", async () => {
  const { dir, open } = await given();
  const store = await open();
  const second = { dir, schemas: [{ name: "other", families: ["more"] }], clock: () => 1 };
  await expectFailure(EmbeddedStore.open(second), "locked");
  await store.mutateRow(TABLE, b("row"), [put("head", "q", "kept")]);
  await expectFailure(EmbeddedStore.open(second), "locked");
  expect(show(await (await open()).get(TABLE, b("row")))).toEqual({ head: ["q=kept"] });
});

it("refuses names that are none before it makes a file of them", async () => {
  const { dir, open } = await given();
  await expectFailure(open([{ name: "t", families: ["../../outside"] }]), "bad-request");
  await expectFailure(open([{ name: "t", families: [] }]), "bad-request");
  expect(await readdir(dir)).toEqual([]);
});

it("does not gather files of remarks", async () => {
  const { dir, open } = await given();
  for (let times = 0; times < 8; times++) await open();
  expect((await readdir(dir)).filter((name) => name.startsWith("LOG.old")).length).toBeLessThanOrEqual(4);
});
