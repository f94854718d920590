import { expect, it } from "vitest";
import { MAX_CELL, MAX_CELLS, MAX_ROW_KEY, MAX_ROWS, MAX_SLICE } from "../contract";
import { type Given, TABLE } from "./subject";
import { add, all, b, del, delFamily, expectFailure, freshRow, put, show, when } from "./words";

export function refusals({ store }: Given): void {
  const before = [put("head", "a", "1"), put("log", "a", "2")];
  const wrong: Record<string, ReturnType<typeof put>[]> = {
    "no change": [],
    "an unknown family": [put("nothing", "a", "1")],
    "an unknown family to delete": [put("head", "b", "1"), delFamily("nothing")],
    "a family of another table": [put("only", "a", "1")],
    "a cell twice": [put("head", "b", "1"), put("head", "b", "2")],
    "a cell put and deleted": [put("head", "b", "1"), del("head", "b")],
    "a cell put and counted": [put("head", "b", "1"), add("head", "b", 1n)],
    "a family deleted and counted in": [delFamily("head"), add("head", "b", 1n)],
    "a count of more than 64 bits": [add("head", "b", 2n ** 63n)],
    "too long a qualifier": [put("head", "q".repeat(MAX_ROW_KEY + 1), "1")],
    "too large a cell": [put("head", "b", "1"), put("log", "b", "x".repeat(MAX_CELL + 1))],
    "too many cells": Array.from({ length: MAX_CELLS + 1 }, (_, at) => put("head", `${at}`, "")),
    "too many bytes": Array.from({ length: 7 }, (_, at) => put("head", `${at}`, "x".repeat(MAX_CELL))),
  };

  for (const [what, changes] of Object.entries(wrong))
    it(`refuses ${what} and changes nothing`, async () => {
      const row = freshRow();
      await store().mutateRow(TABLE, b(row), before);
      await expectFailure(store().mutateRow(TABLE, b(row), changes), "bad-request");
      expect(show(await store().get(TABLE, b(row)))).toEqual({ head: ["a=1"], log: ["a=2"] });
    });

  it("refuses a batch in which one row is wrong, or the same row comes twice, and changes none", async () => {
    const rows = [freshRow(), freshRow()].map(b);
    const good = { row: rows[0]!, mutations: before };
    await expectFailure(store().batch(TABLE, [good, { row: rows[1]!, mutations: wrong["an unknown family"]! }]), "bad-request");
    await expectFailure(store().batch(TABLE, [good, { row: Buffer.from(rows[0]!), mutations: [del("head", "a")] }]), "bad-request");
    await expectFailure(store().batch(TABLE, new Array(MAX_ROWS + 1).fill(good)), "bad-request");
    expect(await store().getMany(TABLE, rows)).toEqual([undefined, undefined]);
  });

  it("refuses wrong row keys, tables and conditions", async () => {
    const row = b(freshRow());
    for (const key of [b(""), Buffer.alloc(MAX_ROW_KEY + 1, "k")]) {
      await expectFailure(store().mutateRow(TABLE, key, before), "bad-request");
      await expectFailure(store().get(TABLE, key), "bad-request");
      await expectFailure(store().slice(TABLE, key, "log", { limit: 1 }), "bad-request");
    }
    await expectFailure(store().mutateRow("nothing", row, before), "bad-request");
    await expectFailure(store().mutateRow(TABLE, row, before, when("nothing", "a", "1")), "bad-request");
    expect(await store().get(TABLE, row)).toBeUndefined();
  });

  it("takes the longest row key, the longest qualifier and the largest cell", async () => {
    const row = Buffer.alloc(MAX_ROW_KEY, 0);
    const qualifier = Buffer.alloc(MAX_ROW_KEY, 0xff);
    const value = Buffer.alloc(MAX_CELL, 0x5a);
    await store().mutateRow(TABLE, row, [{ kind: "put", family: "rare", qualifier, value }]);
    const [cell] = await store().slice(TABLE, row, "rare", { limit: 1 });
    expect(cell?.qualifier.equals(qualifier) && cell.value.equals(value)).toBe(true);
    await store().mutateRow(TABLE, row, [delFamily("rare")]);
  });

  it("refuses wrong reads", async () => {
    const row = b(freshRow());
    await expectFailure(store().get("nothing", row), "bad-request");
    await expectFailure(store().get(TABLE, row, { families: ["nothing"] }), "bad-request");
    await expectFailure(store().get(TABLE, row, { columns: [{ family: "nothing", qualifier: b("") }] }), "bad-request");
    await expectFailure(store().slice(TABLE, row, "nothing", { limit: 1 }), "bad-request");
    for (const limit of [-1, 0.5, Number.NaN, MAX_SLICE + 1]) await expectFailure(store().slice(TABLE, row, "log", { limit }), "bad-request");
    await expectFailure(all(store().scan("nothing")), "bad-request");
    await expectFailure(all(store().scan(TABLE, { families: ["nothing"] })), "bad-request");
    for (const limit of [-1, 0.5]) await expectFailure(all(store().scan(TABLE, { limit })), "bad-request");
    for (const sample of [0, 1.5]) await expectFailure(all(store().scan(TABLE, { sample })), "bad-request");
    await expectFailure(store().regions("nothing"), "bad-request");
  });
}
