import fc from "fast-check";
import { expect, it } from "vitest";
import { cellKey, isOfRow, prefixOf, rowEnd, rowOf, rowPrefix, tableEnd, tableStart } from "./keys";

const bytes = (least: number) =>
  fc.array(fc.constantFrom(0x00, 0x01, 0x02, 0x41, 0xfe, 0xff), { minLength: least, maxLength: 5 }).map((array) => Buffer.from(array));
const cell = fc.record({ table: fc.constantFrom(1, 2, 255, 256), row: bytes(1), qualifier: bytes(0) });
const keyOf = ({ table, row, qualifier }: { table: number; row: Buffer; qualifier: Buffer }) => cellKey(rowPrefix(table, row), qualifier);
const runs = { numRuns: 5_000, seed: 20_101_115 };

it("sort as table, then row, then qualifier", () => {
  fc.assert(
    fc.property(cell, cell, (a, b) => {
      const expected = a.table - b.table || a.row.compare(b.row) || a.qualifier.compare(b.qualifier);
      expect(Math.sign(keyOf(a).compare(keyOf(b)))).toBe(Math.sign(expected));
    }),
    runs,
  );
});

it("give row and qualifier back", () => {
  fc.assert(
    fc.property(cell, (a) => {
      const key = keyOf(a);
      const prefix = prefixOf(key);
      expect(prefix).toEqual(rowPrefix(a.table, a.row));
      expect(rowOf(prefix)).toEqual(a.row);
      expect(key.subarray(prefix.length)).toEqual(a.qualifier);
    }),
    runs,
  );
});

it("of a row, and no others, lie between its bounds, and those of a table between its own", () => {
  fc.assert(
    fc.property(cell, cell, (a, b) => {
      const [prefix, key] = [rowPrefix(a.table, a.row), keyOf(b)];
      const same = a.table === b.table && a.row.equals(b.row);
      expect(key.compare(prefix) >= 0 && key.compare(rowEnd(prefix)) < 0).toBe(same);
      expect(isOfRow(key, prefix)).toBe(same);
      expect(key.compare(tableStart(a.table)) >= 0 && key.compare(tableEnd(a.table)) < 0).toBe(a.table === b.table);
    }),
    runs,
  );
});
