import { big, bool, bytes, int, list, message, num, sub } from "../protobuf";
import { Comparator, Filter } from "./filters";
import { Get, Result } from "./reads";
import { NameBytesPair, RegionSpecifier, TimeRange } from "./shared";

export const QualifierValue = message("QualifierValue", { qualifier: bytes(1), value: bytes(2), timestamp: num(3), delete_type: int(4) });
export const ColumnValue = message("ColumnValue", { family: bytes(1), qualifier_value: list(sub(2, QualifierValue)) });
export const MutationProto = message("MutationProto", {
  row: bytes(1),
  mutate_type: int(2),
  column_value: list(sub(3, ColumnValue)),
  timestamp: num(4),
  attribute: list(sub(5, NameBytesPair)),
  durability: int(6),
  time_range: sub(7, TimeRange),
  associated_cell_count: int(8),
  nonce: big(9),
});
export const Condition = message("Condition", {
  row: bytes(1),
  family: bytes(2),
  qualifier: bytes(3),
  compare_type: int(4),
  comparator: sub(5, Comparator),
  time_range: sub(6, TimeRange),
  filter: sub(7, Filter),
});
export const MutateRequest = message("MutateRequest", {
  region: sub(1, RegionSpecifier),
  mutation: sub(2, MutationProto),
  condition: sub(3, Condition),
  nonce_group: big(4),
});
export const MutateResponse = message("MutateResponse", { result: sub(1, Result), processed: bool(2) });
export const Action = message("Action", { index: int(1), mutation: sub(2, MutationProto), get: sub(3, Get) });
export const RegionAction = message("RegionAction", {
  region: sub(1, RegionSpecifier),
  atomic: bool(2),
  action: list(sub(3, Action)),
  condition: sub(4, Condition),
});
export const MultiRequest = message("MultiRequest", { regionAction: list(sub(1, RegionAction)), nonceGroup: big(2) });
export const ResultOrException = message("ResultOrException", { index: int(1), result: sub(2, Result), exception: sub(3, NameBytesPair) });
export const RegionActionResult = message("RegionActionResult", {
  resultOrException: list(sub(1, ResultOrException)),
  exception: sub(2, NameBytesPair),
  processed: bool(3),
});
export const MultiResponse = message("MultiResponse", { regionActionResult: list(sub(1, RegionActionResult)) });
