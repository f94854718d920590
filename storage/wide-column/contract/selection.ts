import { compareBytes, textOf } from "./bytes";
import type { Column, GetOptions, TableSchema } from "./types";

/** What a read asks for, as drivers get it: whole families in the order of the schema, and single columns of others by rising qualifier. */
export interface Selection {
  readonly families: readonly string[];
  readonly columns: readonly Column[];
}

/** Families and columns add up, as in HBase's Get; neither means all families. What is named twice is read once. */
export function selectionOf(schema: TableSchema, { families, columns }: GetOptions): Selection {
  const whole = familiesOf(schema, families ?? (columns === undefined ? schema.families : []));
  const single = new Map<string, Column>();
  for (const column of columns ?? []) if (!whole.includes(column.family)) single.set(`${column.family}:${textOf(column.qualifier)}`, column);
  return { families: whole, columns: [...single.values()].sort(byColumn(schema)) };
}

export const familiesOf = (schema: TableSchema, asked: readonly string[]): readonly string[] => schema.families.filter((family) => asked.includes(family));

export const isEmpty = ({ families, columns }: Selection): boolean => families.length === 0 && columns.length === 0;

const byColumn = (schema: TableSchema) => (a: Column, b: Column) =>
  schema.families.indexOf(a.family) - schema.families.indexOf(b.family) || compareBytes(a.qualifier, b.qualifier);
