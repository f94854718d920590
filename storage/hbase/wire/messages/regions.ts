import { bool, bytes, int, message, num, sub } from "../protobuf";
import { RegionInfo, RegionSpecifier } from "./shared";

export const CompactRegionRequest = message("CompactRegionRequest", { region: sub(1, RegionSpecifier), major: bool(2), family: bytes(3) });
export const FlushRegionRequest = message("FlushRegionRequest", { region: sub(1, RegionSpecifier), family: bytes(4) });
export const FlushRegionResponse = message("FlushRegionResponse", { last_flush_time: num(1), flushed: bool(2) });
export const GetRegionInfoRequest = message("GetRegionInfoRequest", { region: sub(1, RegionSpecifier), compaction_state: bool(2), best_split_row: bool(3) });
export const GetRegionInfoResponse = message("GetRegionInfoResponse", {
  region_info: sub(1, RegionInfo),
  compaction_state: int(2),
  splittable: bool(4),
  mergeable: bool(5),
  best_split_row: bytes(6),
});
