import type { Bytes, Cell, Range, Row, Selection } from "../../contract";
import { RowBuilder } from "../local/row-builder";
import { cellKey, rowEnd, rowPrefix } from "./keys";
import { cellOf } from "./values";
import type { Stored, View } from "./view";

/** Families read side by side; each holds a thread of the pool for a moment. */
const ABREAST = 16;

export async function getMany(view: View, table: number, rows: readonly Bytes[], { families, columns }: Selection): Promise<(Row | undefined)[]> {
  const asked = rows.map((row) => ({ row, prefix: rowPrefix(table, row), builder: new RowBuilder() }));
  const whole = asked.flatMap(({ prefix, builder }) => families.map((family) => ({ prefix, builder, family })));
  const cells = await abreast(whole, ({ prefix, family }) => familyOf(view, prefix, family));
  whole.forEach(({ builder, family }, at) => {
    builder.add(family, cells[at]!);
  });
  const single = asked.flatMap(({ prefix, builder }) =>
    columns.map(({ family, qualifier }) => ({ builder, family, qualifier, key: cellKey(prefix, qualifier) })),
  );
  const values = await view.getMany(single);
  single.forEach(({ builder, family, qualifier }, at) => {
    const value = values[at];
    if (value) builder.add(family, [cellOf(Buffer.from(qualifier), value)]);
  });
  return asked.map(({ row, builder }) => builder.row(row));
}

export async function slice(view: View, table: number, row: Bytes, family: string, { from, to, limit, reverse }: Range): Promise<Cell[]> {
  const prefix = rowPrefix(table, row);
  const stretch = { family, from: from ? cellKey(prefix, from) : prefix, to: to ? cellKey(prefix, to) : rowEnd(prefix), reverse, limit };
  return cellsOf(prefix, await view.range(stretch));
}

const familyOf = async (view: View, prefix: Buffer, family: string): Promise<Cell[]> =>
  cellsOf(prefix, await view.range({ family, from: prefix, to: rowEnd(prefix), reverse: false, limit: Number.MAX_SAFE_INTEGER }));

const cellsOf = (prefix: Buffer, stored: readonly Stored[]): Cell[] => stored.map(({ key, value }) => cellOf(key.subarray(prefix.length), value));

async function abreast<In, Out>(items: readonly In[], run: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await run(items[at]!);
  };
  await Promise.all(Array.from({ length: Math.min(ABREAST, items.length) }, worker));
  return results;
}
