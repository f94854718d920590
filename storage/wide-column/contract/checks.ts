import { StoreError } from "./errors";
import type { Bytes, GetOptions, Mutation, RowMutation, ScanOptions, SliceOptions, TableSchema } from "./types";

/** HBase's own limits: a row key is a signed 16-bit length; a cell is at most hbase.client.keyvalue.maxsize (10 MB). */
export const MAX_ROW_KEY = 32_767;
export const MAX_CELL = 10 * 1024 * 1024;
export const MAX_CELLS = 10_000;
export const MAX_SLICE = 100_000;
export const MAX_SCAN = Number.MAX_SAFE_INTEGER;

const NAME = /^[a-z][a-z0-9_]{0,31}$/;

export function checkSchema(schema: TableSchema): TableSchema {
  const names = [schema.name, ...schema.families];
  if (!names.every((name) => NAME.test(name))) bad(`Table ${schema.name}: names are lower-case letters, digits and _.`);
  if (schema.families.length === 0 || new Set(schema.families).size !== schema.families.length)
    bad(`Table ${schema.name}: families must differ, at least one.`);
  return schema;
}

export function checkRow(row: Bytes): void {
  if (row.length === 0 || row.length > MAX_ROW_KEY) bad(`A row key has 1 to ${MAX_ROW_KEY} bytes, this one ${row.length}.`);
}

export function checkBatch(schema: TableSchema, rows: readonly RowMutation[]): void {
  const seen = new Set<string>();
  for (const { row, mutations, when } of rows) {
    checkRow(row);
    if (rows.length > 1 && seen.size === seen.add(hex(row)).size) bad("A batch may name a row once.");
    if (mutations.length === 0 || mutations.length > MAX_CELLS) bad(`A row mutation has 1 to ${MAX_CELLS} changes, this one ${mutations.length}.`);
    if (when) checkFamily(schema, when.family);
    checkMutations(schema, mutations);
  }
}

function checkMutations(schema: TableSchema, mutations: readonly Mutation[]): void {
  const cells = new Set<string>();
  for (const mutation of mutations) {
    checkFamily(schema, mutation.family);
    if (mutation.kind === "deleteFamily") continue;
    if (cells.size === cells.add(`${mutation.family}:${hex(mutation.qualifier)}`).size) bad("A row mutation may name a cell once.");
    if (mutation.qualifier.length > MAX_ROW_KEY) bad(`A qualifier has at most ${MAX_ROW_KEY} bytes.`);
    if (mutation.kind === "put" && mutation.value.length > MAX_CELL) bad(`A cell holds at most ${MAX_CELL} bytes, this one ${mutation.value.length}.`);
  }
}

export function checkGet(schema: TableSchema, options: GetOptions): void {
  for (const family of options.families ?? []) checkFamily(schema, family);
  for (const column of options.columns ?? []) checkFamily(schema, column.family);
}

export function checkSlice(schema: TableSchema, family: string, options: SliceOptions): void {
  checkFamily(schema, family);
  if (!Number.isInteger(options.limit) || options.limit < 0 || options.limit > MAX_SLICE) bad(`A slice reads at most ${MAX_SLICE} cells.`);
}

export function checkScan(schema: TableSchema, options: ScanOptions): void {
  for (const family of options.families ?? []) checkFamily(schema, family);
  const { limit } = options;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 0)) bad("A limit is a whole number.");
}

function checkFamily(schema: TableSchema, family: string): void {
  if (!schema.families.includes(family)) bad(`Table ${schema.name} has no family ${family}.`);
}

const hex = (bytes: Bytes): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");

function bad(message: string): never {
  throw new StoreError("bad-request", message);
}
