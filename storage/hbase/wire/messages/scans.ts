import { big, bool, bytes, int, list, message, num, sub } from "../protobuf";
import { Filter } from "./filters";
import { Column, Result } from "./reads";
import { RegionSpecifier, TimeRange } from "./shared";

export const Scan = message("Scan", {
  column: list(sub(1, Column)),
  start_row: bytes(3),
  stop_row: bytes(4),
  filter: sub(5, Filter),
  time_range: sub(6, TimeRange),
  max_versions: int(7),
  cache_blocks: bool(8),
  batch_size: int(9),
  max_result_size: num(10),
  store_limit: int(11),
  store_offset: int(12),
  reversed: bool(15),
  caching: int(17),
  include_start_row: bool(21),
  include_stop_row: bool(22),
  readType: int(23),
  need_cursor_result: bool(24),
});
export const ScanRequest = message("ScanRequest", {
  region: sub(1, RegionSpecifier),
  scan: sub(2, Scan),
  scanner_id: big(3),
  number_of_rows: int(4),
  close_scanner: bool(5),
  next_call_seq: num(6),
  client_handles_partials: bool(7),
  client_handles_heartbeats: bool(8),
  renew: bool(10),
  limit_of_rows: int(11),
});
export const ScanCursor = message("Cursor", { row: bytes(1) });
export const ScanResponse = message("ScanResponse", {
  cells_per_result: list(int(1)),
  scanner_id: big(2),
  more_results: bool(3),
  ttl: int(4),
  results: list(sub(5, Result)),
  partial_flag_per_result: list(bool(7)),
  more_results_in_region: bool(8),
  heartbeat_message: bool(9),
  mvcc_read_point: num(11),
  cursor: sub(12, ScanCursor),
});
