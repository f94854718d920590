import { bool, bytes, int, list, message, string, sub } from "../protobuf";

export const Filter = message("Filter", { name: string(1), serialized_filter: bytes(2) });
export const Comparator = message("Comparator", { name: string(1), serialized_comparator: bytes(2) });
export const ByteArrayComparable = message("ByteArrayComparable", { value: bytes(1) });
export const BinaryComparator = message("BinaryComparator", { comparable: sub(1, ByteArrayComparable) });
export const SingleColumnValueFilter = message("SingleColumnValueFilter", {
  column_family: bytes(1),
  column_qualifier: bytes(2),
  compare_op: int(3),
  comparator: sub(4, Comparator),
  filter_if_missing: bool(5),
  latest_version_only: bool(6),
});
/** 1 all, 2 one */
export const FilterList = message("FilterList", { operator: int(1), filters: list(sub(2, Filter)) });
export const ColumnRangeFilter = message("ColumnRangeFilter", {
  min_column: bytes(1),
  min_column_inclusive: bool(2),
  max_column: bytes(3),
  max_column_inclusive: bool(4),
});
export const ColumnPaginationFilter = message("ColumnPaginationFilter", { limit: int(1), offset: int(2), column_offset: bytes(3) });
export const ColumnPrefixFilter = message("ColumnPrefixFilter", { prefix: bytes(1) });
export const KeyOnlyFilter = message("KeyOnlyFilter", { len_as_val: bool(1) });
