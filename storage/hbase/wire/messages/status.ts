import { bool, int, list, message, num, string, sub } from "../protobuf";
import { RegionInfo, RegionSpecifier, ServerName } from "./shared";

export const RegionLoad = message("RegionLoad", {
  region_specifier: sub(1, RegionSpecifier),
  stores: int(2),
  storefiles: int(3),
  storefile_size_MB: int(5),
  mem_store_size_MB: int(6),
  read_requests_count: num(8),
  write_requests_count: num(9),
  last_major_compaction_ts: num(17),
  compaction_state: int(27),
});
export const ServerLoad = message("ServerLoad", {
  number_of_requests: num(1),
  total_number_of_requests: num(2),
  used_heap_MB: int(3),
  max_heap_MB: int(4),
  region_loads: list(sub(5, RegionLoad)),
  report_start_time: num(7),
  report_end_time: num(8),
});
export const LiveServerInfo = message("LiveServerInfo", { server: sub(1, ServerName), server_load: sub(2, ServerLoad) });
export const VersionFile = message("HBaseVersionFileContent", { version: string(1) });
export const RegionState = message("RegionState", { region_info: sub(1, RegionInfo), state: int(2), stamp: num(3) });
export const RegionInTransition = message("RegionInTransition", { spec: sub(1, RegionSpecifier), region_state: sub(2, RegionState) });
export const ClusterId = message("ClusterId", { cluster_id: string(1) });
export const ClusterStatus = message("ClusterStatus", {
  hbase_version: sub(1, VersionFile),
  live_servers: list(sub(2, LiveServerInfo)),
  dead_servers: list(sub(3, ServerName)),
  regions_in_transition: list(sub(4, RegionInTransition)),
  cluster_id: sub(5, ClusterId),
  master: sub(7, ServerName),
  backup_masters: list(sub(8, ServerName)),
  balancer_on: bool(9),
});
export const GetClusterStatusRequest = message("GetClusterStatusRequest", { options: list(int(1)) });
export const GetClusterStatusResponse = message("GetClusterStatusResponse", { cluster_status: sub(1, ClusterStatus) });
