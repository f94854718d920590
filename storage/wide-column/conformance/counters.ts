import { expect, it } from "vitest";
import { type Given, TABLE } from "./subject";
import { add, b, counter, del, delFamily, expectFailure, freshRow, put, show } from "./words";

const MOST = 2n ** 63n - 1n;

export function counters({ store }: Given): void {
  const change = (row: string, ...changes: ReturnType<typeof put>[]) => store().mutateRow(TABLE, b(row), changes);
  const read = async (row: string) => show(await store().get(TABLE, b(row)));

  it("counts from 0, up and down, below zero too", async () => {
    const row = freshRow();
    await change(row, add("head", "n", 5n), add("log", "n", 0n));
    expect(await read(row)).toEqual({ head: [`n=${counter(5n)}`], log: [`n=${counter(0n)}`] });
    await change(row, add("head", "n", -7n));
    expect(await read(row)).toEqual({ head: [`n=${counter(-2n)}`], log: [`n=${counter(0n)}`] });
  });

  it("wraps around at 64 bits", async () => {
    const row = freshRow();
    await change(row, add("head", "n", MOST));
    await change(row, add("head", "n", 1n));
    expect(await read(row)).toEqual({ head: [`n=${counter(-MOST - 1n)}`] });
    await change(row, add("head", "n", -1n));
    expect(await read(row)).toEqual({ head: [`n=${counter(MOST)}`] });
  });

  it("adds to what was put, and starts again after a delete", async () => {
    const row = freshRow();
    await change(row, put("head", "n", counter(40n)));
    await change(row, add("head", "n", 2n), put("head", "word", "x"));
    expect(await read(row)).toEqual({ head: [`n=${counter(42n)}`, "word=x"] });
    await change(row, del("head", "n"));
    await change(row, add("head", "n", 1n));
    expect(await read(row)).toEqual({ head: [`n=${counter(1n)}`, "word=x"] });
    await change(row, delFamily("head"));
    await change(row, add("head", "n", 3n));
    expect(await read(row)).toEqual({ head: [`n=${counter(3n)}`] });
  });

  it("refuses to count in a cell that is no counter, and changes nothing", async () => {
    const row = freshRow();
    for (const wrong of ["", "1234567", "123456789"]) {
      await change(row, put("head", "n", wrong));
      await expectFailure(change(row, add("head", "n", 1n), put("log", "a", "1"), delFamily("rare")), "bad-request");
      expect(await read(row)).toEqual({ head: [`n=${wrong}`] });
    }
  });

  it("loses no count among many at once", async () => {
    const row = freshRow();
    await Promise.all(Array.from({ length: 100 }, (_, at) => change(row, add("head", "n", BigInt(at)), put("log", `${at}`, ""))));
    const found = await read(row);
    expect(found?.head).toEqual([`n=${counter(4950n)}`]);
    expect(found?.log).toHaveLength(100);
  });
}
