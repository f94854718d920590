import { bool, bytes, int, list, message, num, sub } from "../protobuf";
import { Filter } from "./filters";
import { RegionSpecifier, TimeRange } from "./shared";

export const PbCell = message("Cell", { row: bytes(1), family: bytes(2), qualifier: bytes(3), timestamp: num(4), cell_type: int(5), value: bytes(6) });
export const Result = message("Result", { cell: list(sub(1, PbCell)), associated_cell_count: int(2), exists: bool(3), stale: bool(4), partial: bool(5) });
export const Column = message("Column", { family: bytes(1), qualifier: list(bytes(2)) });
export const Get = message("Get", {
  row: bytes(1),
  column: list(sub(2, Column)),
  filter: sub(4, Filter),
  time_range: sub(5, TimeRange),
  max_versions: int(6),
  cache_blocks: bool(7),
  store_limit: int(8),
  store_offset: int(9),
  existence_only: bool(10),
});
export const GetRequest = message("GetRequest", { region: sub(1, RegionSpecifier), get: sub(2, Get) });
export const GetResponse = message("GetResponse", { result: sub(1, Result) });
