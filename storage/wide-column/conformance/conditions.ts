import { expect, it } from "vitest";
import { type Given, TABLE } from "./subject";
import { add, b, del, delFamily, freshRow, put, show, when } from "./words";

export function conditions({ store }: Given): void {
  const read = async (row: string) => show(await store().get(TABLE, b(row)));
  const change = (row: string, changes: ReturnType<typeof put>[], condition: ReturnType<typeof when>) => store().mutateRow(TABLE, b(row), changes, condition);
  const prepare = (row: string, ...cells: ReturnType<typeof put>[]) => store().mutateRow(TABLE, b(row), cells);

  it("changes a row when a cell is absent, and not when it is there", async () => {
    const row = freshRow();
    expect(await change(row, [put("head", "epoch", "1")], when("head", "epoch", undefined))).toEqual({ applied: true });
    expect(await change(row, [put("head", "epoch", "2")], when("head", "epoch", undefined))).toEqual({ applied: false });
    expect(await read(row)).toEqual({ head: ["epoch=1"] });
  });

  it("changes a row when a cell has the value, and not when it has another or is absent", async () => {
    const row = freshRow();
    expect(await change(row, [put("log", "a", "0")], when("head", "epoch", "1"))).toEqual({ applied: false });
    await prepare(row, put("head", "epoch", "1"));
    for (const wrong of ["", "2", "1\0", "\x01"]) expect(await change(row, [put("log", "a", wrong)], when("head", "epoch", wrong))).toEqual({ applied: false });
    expect(await change(row, [put("log", "a", "1")], when("head", "epoch", "1"))).toEqual({ applied: true });
    expect(await read(row)).toEqual({ head: ["epoch=1"], log: ["a=1"] });
  });

  it("tells an empty value from an absent cell", async () => {
    const row = freshRow();
    expect(await change(row, [put("log", "a", "0")], when("head", "", ""))).toEqual({ applied: false });
    await prepare(row, put("head", "", ""));
    expect(await change(row, [put("log", "a", "1")], when("head", "", undefined))).toEqual({ applied: false });
    expect(await change(row, [put("log", "a", "2")], when("head", "", ""))).toEqual({ applied: true });
    expect(await read(row)).toEqual({ head: ["="], log: ["a=2"] });
  });

  it("does nothing at all when the condition fails", async () => {
    const row = freshRow();
    await prepare(row, put("head", "a", "1"), put("log", "b", "2"), put("rare", "c", "3"));
    const everything = [put("head", "new", "x"), del("head", "a"), delFamily("log"), add("rare", "n", 1n)];
    expect(await change(row, everything, when("head", "a", "other"))).toEqual({ applied: false });
    expect(await read(row)).toEqual({ head: ["a=1"], log: ["b=2"], rare: ["c=3"] });
  });

  it("looks at the row as it is before the change, and only at the cell named", async () => {
    const row = freshRow();
    await prepare(row, put("head", "epoch", "1"), put("log", "epoch", "other"), put("head", "epoch2", "other"));
    expect(await change(row, [delFamily("head"), put("head", "epoch", "2")], when("head", "epoch", "1"))).toEqual({ applied: true });
    expect(await read(row)).toEqual({ head: ["epoch=2"], log: ["epoch=other"] });
    await prepare(row, del("head", "epoch"));
    expect(await change(row, [put("head", "epoch", "3")], when("head", "epoch", "2"))).toEqual({ applied: false });
    expect(await change(row, [put("head", "epoch", "3")], when("head", "epoch", undefined))).toEqual({ applied: true });
  });
}
