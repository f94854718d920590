import { expect, it } from "vitest";
import type { GetOptions } from "../contract";
import { type Given, TABLE } from "./subject";
import { b, freshRow, put, show } from "./words";

export function gets({ store }: Given): void {
  const column = (family: string, qualifier: string) => ({ family, qualifier: b(qualifier) });
  async function filled() {
    const row = freshRow();
    await store().mutateRow(TABLE, b(row), [put("head", "a", "1"), put("head", "b", "2"), put("log", "", "3"), put("log", "x", "4")]);
    return row;
  }
  const read = async (row: string, options?: GetOptions) => show(await store().get(TABLE, b(row), options));

  it("reads a whole row, families of it, or columns of it", async () => {
    const row = await filled();
    expect(await read(row)).toEqual({ head: ["a=1", "b=2"], log: ["=3", "x=4"] });
    expect(await read(row, { families: ["log"] })).toEqual({ log: ["=3", "x=4"] });
    expect(await read(row, { columns: [column("log", "x"), column("head", "b"), column("log", ""), column("head", "none")] })).toEqual({
      head: ["b=2"],
      log: ["=3", "x=4"],
    });
  });

  it("adds up families and columns, and reads twice what is named twice once", async () => {
    const row = await filled();
    const columns = [column("head", "a"), column("head", "a"), column("log", "x")];
    expect(await read(row, { families: ["log", "log"], columns })).toEqual({ head: ["a=1"], log: ["=3", "x=4"] });
  });

  it("answers undefined where there is nothing of what was asked for", async () => {
    const row = await filled();
    expect(await read(freshRow())).toBeUndefined();
    expect(await read(`${row}\0`)).toBeUndefined();
    expect(await read(row, { families: ["rare"] })).toBeUndefined();
    expect(await read(row, { columns: [column("rare", "a"), column("head", "c")] })).toBeUndefined();
    expect(await read(row, { families: [] })).toBeUndefined();
    expect(await read(row, { columns: [] })).toBeUndefined();
  });

  it("reads many rows in the order asked for, the same one twice too", async () => {
    const [one, two, none] = [await filled(), await filled(), freshRow()];
    await store().mutateRow(TABLE, b(two), [put("head", "a", "two")]);
    const rows = [two, none, one, two].map(b);
    const found = await store().getMany(TABLE, rows, { columns: [column("head", "a")] });
    expect(found.map(show)).toEqual([{ head: ["a=two"] }, undefined, { head: ["a=1"] }, { head: ["a=two"] }]);
    expect(found.map((row) => row?.key)).toEqual([rows[0], undefined, rows[2], rows[3]]);
    expect(await store().getMany(TABLE, [])).toEqual([]);
    const whole = await store().getMany(TABLE, rows);
    expect(whole.map((row) => row && Object.keys(row.families))).toEqual([["head", "log"], undefined, ["head", "log"], ["head", "log"]]);
  });

  it("reads a family of thousands of cells in order", async () => {
    const row = freshRow();
    const names = Array.from({ length: 5000 }, (_, at) => String((at * 7919) % 5000).padStart(4, "0"));
    await store().mutateRow(TABLE, b(row), [...names.map((name) => put("log", name, name)), put("head", "a", "1")]); // all in one
    const found = await read(row);
    expect(found?.log).toEqual([...names].sort().map((name) => `${name}=${name}`));
    expect(found?.head).toEqual(["a=1"]);
  });
}
