import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Cell, CellType, cellSize, readCells, writeCells } from "./cells";
import { Slab, Writer } from "./protobuf";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const cell: fc.Arbitrary<Cell> = fc.record({
  row: bytes(300),
  family: bytes(255),
  qualifier: bytes(300),
  ts: fc.maxSafeInteger().map(Math.abs),
  type: fc.constantFrom(...Object.values(CellType)),
  value: bytes(3000),
});

function block(cells: readonly Cell[]): Buffer {
  const writer = new Writer(new Slab());
  writeCells(
    writer,
    cells.map((cell) => ({ row: cell.row, cells: [cell] })),
  );
  return writer.finish();
}

test("what is written is what is read", () => {
  const read = (bytes: Buffer) => readCells(bytes, 0, bytes.length);
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 8 }), (cells) => {
      expect(read(block(cells))).toEqual(cells);
    }),
    { numRuns: 100 },
  );
});

test("a cell has the size that is said", () => {
  fc.assert(
    fc.property(cell, (one) => {
      expect(block([one]).length).toBe(cellSize(one.row, one));
    }),
    { numRuns: 100 },
  );
});

test("bytes of a cell: lengths, row, family, qualifier, time, type, value", () => {
  const one = { row: Buffer.from("r"), family: Buffer.from("f"), qualifier: Buffer.from("q"), value: Buffer.from("v"), ts: 0x0102030405, type: CellType.put };
  const hex = ["00000018", "0000000f", "00000001", "0001", "72", "01", "66", "71", "0000000102030405", "04", "76"].join("");
  expect(block([one]).toString("hex")).toBe(hex);
  expect(block([{ ...one, ts: undefined }]).toString("hex")).toContain("7fffffffffffffff04"); // the server's clock
});

test("more cells than one answer may have are refused", () => {
  const one = { row: Buffer.from("r"), family: Buffer.from("f"), qualifier: Buffer.from("q"), value: Buffer.from("v"), ts: 1, type: CellType.put };
  const three = block([one, one, one]);
  expect(readCells(three, 0, three.length, 3)).toHaveLength(3);
  expect(() => readCells(three, 0, three.length, 2)).toThrow("more than 2 cells in one answer");
});

test("a block that lies about its lengths is refused", () => {
  const good = block([{ row: Buffer.from("r"), family: Buffer.from("f"), qualifier: Buffer.from("q"), value: Buffer.from("v"), ts: 1, type: 4 }]);
  for (const at of [0, 4, 8, 12]) {
    const bad = Buffer.from(good);
    bad[at + 1] = 200;
    expect(() => readCells(bad, 0, bad.length)).toThrow(RangeError);
  }
});
