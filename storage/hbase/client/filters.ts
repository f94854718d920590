import { type Bytes, buf, EMPTY, nameBuf } from "../wire/bytes";
import * as M from "../wire/messages";
import type { Message, Of, Spec, Values } from "../wire/protobuf";

export type Filter = Of<typeof M.Filter>;
export type Condition = Of<typeof M.Condition>;

export const Compare = { LESS: 0, LESS_OR_EQUAL: 1, EQUAL: 2, NOT_EQUAL: 3, GREATER_OR_EQUAL: 4, GREATER: 5 } as const;
export type Comparison = keyof typeof Compare;

/** A condition's comparison reads "value OP cell" on the server, a filter's "cell OP value": here both read "cell OP value". */
const FLIPPED = { LESS: 5, LESS_OR_EQUAL: 4, EQUAL: 2, NOT_EQUAL: 3, GREATER_OR_EQUAL: 1, GREATER: 0 } as const;
const PACKAGE = "org.apache.hadoop.hbase.filter";

const named = <S extends Spec>(name: string, type: Message<S>, values: Values<S>): Filter => ({
  name: `${PACKAGE}.${name}`,
  serialized_filter: type.encode(values),
});
const binary = (value: string | Bytes) => ({
  name: `${PACKAGE}.BinaryComparator`,
  serialized_comparator: M.BinaryComparator.encode({ comparable: { value: buf(value) } }),
});

/** What a read lets through. */
export const filters = {
  all: (...list: Filter[]): Filter => named("FilterList", M.FilterList, { operator: 1, filters: list }),
  any: (...list: Filter[]): Filter => named("FilterList", M.FilterList, { operator: 2, filters: list }),
  /** Rows whose cell compares so. A row without the cell fails, unless `missing` is "passes". Reads the whole row: slow for wide rows. */
  cell: (family: string, qualifier: string | Bytes, comparison: Comparison, value: string | Bytes, missing: "fails" | "passes" = "fails"): Filter =>
    named("SingleColumnValueFilter", M.SingleColumnValueFilter, {
      column_family: buf(family),
      column_qualifier: buf(qualifier),
      compare_op: Compare[comparison],
      comparator: binary(value),
      filter_if_missing: missing === "fails",
      latest_version_only: true,
    }),
  /** Columns from `min` to before `max`. */
  columnRange: (min?: Bytes, max?: Bytes): Filter =>
    named("ColumnRangeFilter", M.ColumnRangeFilter, { min_column: min, min_column_inclusive: true, max_column: max, max_column_inclusive: false }),
  /** At most `limit` columns of a row, from a column on (quick) or after so many (slow: the server reads them all). */
  columnPage: (limit: number, from: number | Bytes): Filter =>
    named("ColumnPaginationFilter", M.ColumnPaginationFilter, typeof from === "number" ? { limit, offset: from } : { limit, column_offset: from }),
  /** Cells without their values. */
  keyOnly: (): Filter => named("KeyOnlyFilter", M.KeyOnlyFilter, { len_as_val: false }),
  columnPrefix: (prefix: Bytes): Filter => named("ColumnPrefixFilter", M.ColumnPrefixFilter, { prefix }),
};

/** What must hold of the row for a change to be made. */
export const when = {
  /** "cell OP value". EQUAL with an empty value means absent or empty; an absent cell fails NOT_EQUAL. One cell is read: quick even in a wide row. */
  cell: (row: Bytes, family: string, qualifier: string | Bytes, comparison: Comparison, value: string | Bytes): Condition => ({
    row,
    family: nameBuf(family),
    qualifier: nameBuf(qualifier),
    compare_type: FLIPPED[comparison],
    comparator: binary(value),
  }),
  /** The cell is absent, or empty. */
  absent: (row: Bytes, family: string, qualifier: string | Bytes): Condition => ({
    row,
    family: nameBuf(family),
    qualifier: nameBuf(qualifier),
    compare_type: Compare.EQUAL,
    comparator: binary(EMPTY),
  }),
  /** A filter lets the row through. A row without any cell never matches. The server reads the whole row for it. */
  matches: (row: Bytes, filter: Filter): Condition => ({ row, filter }),
};
