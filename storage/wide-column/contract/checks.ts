import { textOf } from "./bytes";
import { StoreError } from "./errors";
import type { Bytes, Column, GetOptions, Mutation, RowMutation, ScanOptions, SliceOptions, TableSchema } from "./types";

/** HBase's own limits: a row key is a signed 16-bit length; a cell is at most hbase.client.keyvalue.maxsize (10 MB). */
export const MAX_ROW_KEY = 32_767;
export const MAX_CELL = 10 * 1024 * 1024;
export const MAX_CELLS = 10_000;
export const MAX_SLICE = 100_000;
export const MAX_SCAN = Number.MAX_SAFE_INTEGER;
/** A call of `batch`: well under hbase.ipc.max.request.size (256 MB), and short enough not to hold up the writers behind it. */
export const MAX_ROWS = 10_000;
const MAX_CALL = 64 * 1024 * 1024;

const NAME = /^[a-z][a-z0-9_]{0,31}$/;
const MAX_COUNTER = 2n ** 63n - 1n;

export function checkSchema(schema: TableSchema): TableSchema {
  const names = [schema.name, ...schema.families];
  if (!names.every((name) => NAME.test(name))) bad(`Table ${schema.name}: names are lower-case letters, digits and _.`);
  if (schema.families.length === 0 || new Set(schema.families).size !== schema.families.length)
    bad(`Table ${schema.name}: families must differ, at least one.`);
  for (const family of schema.newestFirst ?? []) checkFamily(schema, family);
  return schema;
}

export function checkRow(row: Bytes): void {
  if (row.length === 0 || row.length > MAX_ROW_KEY) bad(`A row key has 1 to ${MAX_ROW_KEY} bytes, this one ${row.length}.`);
}

export function checkBatch(schema: TableSchema, rows: readonly RowMutation[]): void {
  if (rows.length > MAX_ROWS) bad(`A batch changes at most ${MAX_ROWS} rows, this one ${rows.length}.`);
  for (const { row, mutations, when } of rows) {
    checkRow(row);
    if (mutations.length === 0 || mutations.length > MAX_CELLS) bad(`A row mutation has 1 to ${MAX_CELLS} changes, this one ${mutations.length}.`);
    if (when) checkColumn(schema, when);
    for (const mutation of mutations) checkMutation(schema, mutation);
    checkOverlaps(mutations);
  }
  if (rows.length > 1 && new Set(rows.map(({ row }) => textOf(row))).size !== rows.length) bad("A batch may name a row once.");
  const bytes = sizeOf(rows);
  if (bytes > MAX_CALL) bad(`A call changes at most ${MAX_CALL} bytes, this one ${bytes}.`);
}

/** Bytes of values, which are all that can be large. */
export function sizeOf(rows: readonly RowMutation[]): number {
  let bytes = 0;
  for (const { mutations } of rows) for (const mutation of mutations) if (mutation.kind === "put") bytes += mutation.value.length;
  return bytes;
}

function checkMutation(schema: TableSchema, mutation: Mutation): void {
  if (mutation.kind === "deleteFamily") checkFamily(schema, mutation.family);
  else checkColumn(schema, mutation);
  if (mutation.kind === "put" && mutation.value.length > MAX_CELL) bad(`A cell holds at most ${MAX_CELL} bytes, this one ${mutation.value.length}.`);
  if (mutation.kind === "increment" && (mutation.by > MAX_COUNTER || mutation.by < -MAX_COUNTER - 1n)) bad("A counter has 64 bits.");
}

/** HBase reads a counter before it applies the deletes beside it, so a family cannot be deleted and counted in one mutation. */
function checkOverlaps(mutations: readonly Mutation[]): void {
  if (mutations.length === 1) return;
  const cells = new Map<string, Set<string>>();
  const deleted = new Set<string>();
  for (const mutation of mutations) {
    if (mutation.kind === "deleteFamily") deleted.add(mutation.family);
    else if (!isNew(cells, mutation)) bad("A row mutation may name a cell once.");
  }
  if (deleted.size > 0 && mutations.some(({ kind, family }) => kind === "increment" && deleted.has(family)))
    bad("A row mutation may not delete a family and count in it.");
}

function isNew(cells: Map<string, Set<string>>, { family, qualifier }: Column): boolean {
  const known = cells.get(family);
  if (known === undefined) return cells.set(family, new Set([textOf(qualifier)])) !== undefined;
  return known.size !== known.add(textOf(qualifier)).size;
}

export function checkGet(schema: TableSchema, options: GetOptions): void {
  for (const family of options.families ?? []) checkFamily(schema, family);
  for (const column of options.columns ?? []) checkColumn(schema, column);
}

export function checkSlice(schema: TableSchema, family: string, options: SliceOptions): void {
  checkFamily(schema, family);
  if (!Number.isInteger(options.limit) || options.limit < 0 || options.limit > MAX_SLICE) bad(`A slice reads at most ${MAX_SLICE} cells.`);
}

export function checkScan(schema: TableSchema, options: ScanOptions): void {
  for (const family of options.families ?? []) checkFamily(schema, family);
  const { limit, sample } = options;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 0)) bad("A limit is a whole number.");
  if (sample !== undefined && (!Number.isInteger(sample) || sample < 1)) bad("A sample has one cell or more.");
}

function checkColumn(schema: TableSchema, { family, qualifier }: Column): void {
  checkFamily(schema, family);
  if (qualifier.length > MAX_ROW_KEY) bad(`A qualifier has at most ${MAX_ROW_KEY} bytes, this one ${qualifier.length}.`);
}

function checkFamily(schema: TableSchema, family: string): void {
  if (!schema.families.includes(family)) bad(`Table ${schema.name} has no family ${family}.`);
}

function bad(message: string): never {
  throw new StoreError("bad-request", message);
}
