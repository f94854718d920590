import { expect } from "vitest";
import { bytesOf, type Cell, type Mutation, type Row, type StoreErrorKind, textOf } from "../contract";

/** Text of one letter per byte, so that tests can write "a\0\xff". */
export const b = bytesOf;

export const put = (family: string, qualifier: string, value: string): Mutation => ({ kind: "put", family, qualifier: b(qualifier), value: b(value) });
export const del = (family: string, qualifier: string): Mutation => ({ kind: "delete", family, qualifier: b(qualifier) });
export const delFamily = (family: string): Mutation => ({ kind: "deleteFamily", family });
export const add = (family: string, qualifier: string, by: bigint): Mutation => ({ kind: "increment", family, qualifier: b(qualifier), by });

export const when = (family: string, qualifier: string, equals: string | undefined) => ({
  when: { family, qualifier: b(qualifier), equals: equals === undefined ? undefined : b(equals) },
});

export function counter(value: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return textOf(bytes);
}

/** Cells as "qualifier=value", in the order read. */
export const cellsOf = (cells: readonly Cell[]): string[] => cells.map(({ qualifier, value }) => `${textOf(qualifier)}=${textOf(value)}`);

/** A row as its families with their cells; undefined stays undefined. */
export const show = (row: Row | undefined): Record<string, string[]> | undefined =>
  row && Object.fromEntries(Object.entries(row.families).map(([family, cells]) => [family, cellsOf(cells)]));

export const keys = (rows: readonly Row[]) => rows.map(({ key }) => textOf(key));

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export const expectFailure = (call: Promise<unknown>, kind: StoreErrorKind) => expect(call).rejects.toMatchObject({ name: "StoreError", kind });

let rows = 0;
/** A row key no other test uses. None is the beginning of another. */
export const freshRow = (): string => `row-${String(++rows).padStart(6, "0")}.`;

/** Bounds of a scan of all rows that begin with the text. */
export const within = (prefix: string) => ({
  from: b(prefix),
  to: b(`${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`),
});
