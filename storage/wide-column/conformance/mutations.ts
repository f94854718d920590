import { expect, it } from "vitest";
import { type Given, OTHER_TABLE, TABLE } from "./subject";
import { b, del, delFamily, freshRow, put, show } from "./words";

export function mutations({ store }: Given): void {
  const change = (row: string, ...changes: Parameters<typeof apply>[1]) => apply(row, changes);
  const apply = (row: string, changes: ReturnType<typeof put>[]) => store().mutateRow(TABLE, b(row), changes);
  const read = async (row: string) => show(await store().get(TABLE, b(row)));

  it("puts, overwrites and deletes cells, each family by rising qualifier", async () => {
    const row = freshRow();
    expect(await change(row, put("head", "b", "1"), put("head", "a", "2"), put("log", "x", "3"))).toEqual({ applied: true });
    expect(await read(row)).toEqual({ head: ["a=2", "b=1"], log: ["x=3"] });
    await change(row, put("head", "a", "new"), del("head", "b"), del("log", "not there"));
    expect(await read(row)).toEqual({ head: ["a=new"], log: ["x=3"] });
  });

  it("forgets a row whose last cell goes", async () => {
    const row = freshRow();
    await change(row, put("head", "a", "1"), put("log", "b", "2"));
    await change(row, del("head", "a"), delFamily("log"));
    expect(await read(row)).toBeUndefined();
    await change(row, del("head", "a"), delFamily("rare"));
    expect(await read(row)).toBeUndefined();
  });

  it("deletes one family of one row of one table", async () => {
    const row = freshRow();
    const other = freshRow();
    await change(row, put("head", "a", "1"), put("head", "", "0"), put("head", "\xff\xff", "2"), put("log", "b", "3"));
    await change(other, put("head", "a", "4"));
    await store().mutateRow(OTHER_TABLE, b(row), [put("head", "a", "5")]);
    await change(row, delFamily("head"));
    expect(await read(row)).toEqual({ log: ["b=3"] });
    expect(await read(other)).toEqual({ head: ["a=4"] });
    expect(show(await store().get(OTHER_TABLE, b(row)))).toEqual({ head: ["a=5"] });
  });

  it("keeps what is put into a family deleted by the same mutation, however they are ordered", async () => {
    const row = freshRow();
    await change(row, put("head", "old", "1"), put("head", "kept", "1"));
    await change(row, delFamily("head"), put("head", "kept", "2"));
    expect(await read(row)).toEqual({ head: ["kept=2"] });
    await change(row, put("head", "kept", "3"), delFamily("head"));
    expect(await read(row)).toEqual({ head: ["kept=3"] });
  });

  it("never loses a put after a delete in the same millisecond", async () => {
    const row = freshRow();
    for (let turn = 0; turn < 60; turn++) {
      await change(row, turn % 2 === 0 ? del("head", "a") : delFamily("head"));
      expect(await read(row)).toBeUndefined();
      await change(row, put("head", "a", `${turn}`));
      expect(await read(row)).toEqual({ head: [`a=${turn}`] });
    }
  });

  it("keeps rows apart that begin alike or hold 0x00 and 0xff", async () => {
    const row = freshRow();
    const ends = ["", "\0", "\0\0", "\0\x01", "\0\xff", "\x01", "\xff", "\xff\0"];
    for (const end of ends) await change(row + end, put("head", "a", `row ${end}`), put("head", "\0\x01a", "x"));
    await change(row, delFamily("head"));
    await change(`${row}\0\xff`, delFamily("head"));
    const left = ends.filter((end) => end !== "" && end !== "\0\xff");
    for (const end of left) expect(await read(row + end)).toEqual({ head: ["\0\x01a=x", `a=row ${end}`] });
    expect(await read(row)).toBeUndefined();
  });

  it("holds empty qualifiers, empty values and large ones", async () => {
    const row = freshRow();
    const large = "\0\xff".repeat(500_000);
    await change(row, put("head", "", ""), put("head", "\0", "zero"), put("log", "large", large));
    expect(await read(row)).toEqual({ head: ["=", "\0=zero"], log: [`large=${large}`] });
  });

  it("copies what it is given, and gives away what it answers", async () => {
    const [row, qualifier, value] = [b(freshRow()), b("q"), b("value")];
    const key = Buffer.from(row);
    const written = store().mutateRow(TABLE, row, [{ kind: "put", family: "head", qualifier, value }]);
    for (const bytes of [row, qualifier, value]) bytes.fill(0x21);
    await written;
    const read = await store().get(TABLE, key);
    expect(show(read)).toEqual({ head: ["q=value"] });
    read?.families.head?.[0]?.value.fill(0x21);
    expect(show(await store().get(TABLE, key))).toEqual({ head: ["q=value"] });
  });

  it("changes the rows of a batch each for itself, and answers in order", async () => {
    const rows = [freshRow(), freshRow(), freshRow()];
    await change(rows[1]!, put("head", "epoch", "7"));
    const absent = { family: "head", qualifier: b("epoch"), equals: undefined };
    const results = await store().batch(
      TABLE,
      rows.map((row) => ({ row: b(row), mutations: [put("log", "a", row)], when: absent })),
    );
    expect(results).toEqual([{ applied: true }, { applied: false }, { applied: true }]);
    expect(await Promise.all(rows.map(read))).toEqual([{ log: [`a=${rows[0]}`] }, { head: ["epoch=7"] }, { log: [`a=${rows[2]}`] }]);
    expect(await store().batch(TABLE, [])).toEqual([]);
  });
}
