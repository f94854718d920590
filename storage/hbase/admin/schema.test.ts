import { expect, test } from "vitest";
import { TableSchema } from "../wire/messages";
import { describe, tableSchema } from "./schema";

test("a schema, over the wire and back, by HBase's names", () => {
  const families = [
    { name: "f", versions: 1, compression: "ZSTD", inMemory: true },
    { name: "g", ttlSeconds: 60, keepDeletedCells: "TTL", attributes: { MOB_THRESHOLD: "1024" } },
  ] as const;
  const bytes = TableSchema.encode(tableSchema("ns:t", families, { DURABILITY: "FSYNC_WAL" }));
  expect(describe(TableSchema.decode(bytes))).toEqual({
    table: "ns:t",
    families: { f: { VERSIONS: "1", COMPRESSION: "ZSTD", IN_MEMORY: "true" }, g: { TTL: "60", KEEP_DELETED_CELLS: "TTL", MOB_THRESHOLD: "1024" } },
    attributes: { DURABILITY: "FSYNC_WAL" },
  });
});

test("a table of the default namespace goes by its name alone", () => {
  expect(describe(tableSchema("t", []))).toEqual({ table: "t", families: {}, attributes: {} });
});
