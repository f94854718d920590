import { createServer } from "node:net";
import { expect, it } from "vitest";
import { b, expectFailure, put, show } from "../../conformance/words";
import { HBaseStore } from "./index";
import { dropNamespace, freshNamespace, openStore, seeds, withCluster } from "./testing/cluster";

const clock = Date.now;
const one = { name: "one", families: ["a"] };

it("keeps what is there, adds tables and families, and does not turn a family round that is not", async () => {
  const namespace = freshNamespace();
  const open = async (...schemas: { name: string; families: string[]; newestFirst?: string[] }[]) => (await openStore({ namespace, schemas, clock })).store;
  const first = await open(one);
  await first.mutateRow("one", b("row"), [put("a", "x", "1"), put("a", "y", "2")]);
  await first.close();
  const second = await open({ name: "one", families: ["a", "b"], newestFirst: ["a", "b"] }, { name: "two", families: ["c"] });
  await second.mutateRow("one", b("row"), [put("a", "z", "3"), put("b", "x", "4"), put("b", "y", "5")]);
  await second.mutateRow("two", b("row"), [put("c", "x", "6")]);
  await second.close();
  const third = await open({ name: "one", families: ["b", "a"] }, { name: "two", families: ["c"] });
  expect(show(await third.get("one", b("row")))).toEqual({ a: ["x=1", "y=2", "z=3"], b: ["x=4", "y=5"] });
  expect(show(await third.get("two", b("row")))).toEqual({ c: ["x=6"] });
  await third.close();
  await dropNamespace(namespace);
});

it("lets several make the same tables at once", async () => {
  const namespace = freshNamespace();
  const opened = await Promise.all(Array.from({ length: 3 }, () => openStore({ namespace, schemas: [one], clock })));
  await Promise.all(opened.map(({ store }, at) => store.mutateRow("one", b(`row ${at}`), [put("a", "x", `${at}`)])));
  expect((await opened[0]!.store.getMany("one", ["row 0", "row 1", "row 2"].map(b))).map(show)).toEqual([{ a: ["x=0"] }, { a: ["x=1"] }, { a: ["x=2"] }]);
  await Promise.all(opened.map(({ store }) => store.close()));
  await dropNamespace(namespace);
});

it("makes tables in several regions, durable by their own setting", async () => {
  const namespace = freshNamespace();
  const store = await HBaseStore.open({ address: `hbase://${seeds().join(",")}/hbase?namespace=${namespace}`, schemas: [one], clock });
  expect((await store.regions("one")).map(({ start }) => start.toString())).toEqual(["", "1", "2", "3", "4", "5", "6", "7"]);
  const described = await withCluster(({ admin }) => admin.describe(`${namespace}:one`));
  expect(described?.attributes.DURABILITY).toBe("FSYNC_WAL");
  expect(described?.families).toMatchObject({ a: { VERSIONS: "1", COMPRESSION: "ZSTD" }, _: { TTL: "604800" } });
  await store.close();
  await dropNamespace(namespace);
});

it("says in a sentence where no cluster is, and waits no longer than it should", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as { port: number };
  for (const seed of [`127.0.0.1:${port}`, "127.0.0.1:1", "no-such-host.invalid:16000"]) {
    const began = performance.now();
    const opening = HBaseStore.open({ address: `hbase://${seed}`, schemas: [one], clock, patience: 1000 });
    await expect(opening).rejects.toMatchObject({ kind: "unavailable", message: expect.stringContaining(`No HBase cluster answered at ${seed} within 1 s`) });
    expect(performance.now() - began).toBeLessThan(3000);
  }
  silent.close();
  await expectFailure(HBaseStore.open({ address: "hbase://", schemas: [one], clock }), "bad-request");
});
