import type { Bytes } from "../../contract";

/**
 * The key of a cell in the RocksDB column family of its family: table id (2 bytes), row, qualifier. In the row 0x00 becomes 0x00 0xff, and
 * 0x00 0x01 ends it, so that byte order is the order of table, row, qualifier, and no row is the beginning of another.
 */
const TABLE = 2;
const ZERO = 0x00;
const ESCAPED = 0xff;
const END = 0x01;
const END_BYTES = 2;

/** The beginning shared by all cells of a row. */
export function rowPrefix(table: number, row: Bytes): Buffer {
  const escaped = escapeRow(row);
  const prefix = Buffer.allocUnsafe(TABLE + escaped.length + END_BYTES);
  prefix.writeUInt16BE(table);
  prefix.set(escaped, TABLE);
  prefix[prefix.length - 2] = ZERO;
  prefix[prefix.length - 1] = END;
  return prefix;
}

export function cellKey(prefix: Buffer, qualifier: Bytes): Buffer {
  const key = Buffer.allocUnsafe(prefix.length + qualifier.length);
  key.set(prefix);
  key.set(qualifier, prefix.length);
  return key;
}

/** The least key after all cells of the row. */
export function rowEnd(prefix: Buffer): Buffer {
  const end = Buffer.from(prefix);
  end[end.length - 1] = END + 1;
  return end;
}

/** The least key of the table, and the least after it. */
export const tableStart = (table: number): Buffer => Buffer.of(table >> 8, table & 0xff);
export const tableEnd = (table: number): Buffer => tableStart(table + 1);

/** The bytes before the qualifier; `rowPrefix` undone by `rowOf`. */
export function prefixOf(key: Buffer): Buffer {
  let at = key.indexOf(ZERO, TABLE);
  while (key[at + 1] === ESCAPED) at = key.indexOf(ZERO, at + 2);
  return key.subarray(0, at + END_BYTES);
}

export function rowOf(prefix: Buffer): Buffer {
  const escaped = prefix.subarray(TABLE, prefix.length - END_BYTES);
  return escaped.includes(ZERO) ? unescapeRow(escaped) : Buffer.from(escaped);
}

export const isOfRow = (key: Buffer, prefix: Buffer): boolean => key.length >= prefix.length && key.compare(prefix, 0, prefix.length, 0, prefix.length) === 0;

function escapeRow(row: Bytes): Bytes {
  if (!row.includes(ZERO)) return row;
  const escaped: number[] = [];
  for (const byte of row) byte === ZERO ? escaped.push(ZERO, ESCAPED) : escaped.push(byte);
  return Buffer.from(escaped);
}

/** Every 0x00 within a row is followed by the 0xff that is not of the row. */
function unescapeRow(escaped: Buffer): Buffer {
  return Buffer.from(escaped.filter((_, at) => at === 0 || escaped[at - 1] !== ZERO));
}
