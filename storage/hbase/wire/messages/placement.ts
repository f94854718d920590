import { big, bool, bytes, int, list, message, sub } from "../protobuf";
import { RegionInfo, RegionSpecifier, ServerName } from "./shared";

export const SplitTableRegionRequest = message("SplitTableRegionRequest", {
  region_info: sub(1, RegionInfo),
  split_row: bytes(2),
  nonce_group: big(3),
  nonce: big(4),
});
export const MergeTableRegionsRequest = message("MergeTableRegionsRequest", {
  region: list(sub(1, RegionSpecifier)),
  forcible: bool(3),
  nonce_group: big(4),
  nonce: big(5),
});
export const MoveRegionRequest = message("MoveRegionRequest", { region: sub(1, RegionSpecifier), dest_server_name: sub(2, ServerName) });
export const BalanceRequest = message("BalanceRequest", { ignore_rit: bool(1), dry_run: bool(2) });
export const BalanceResponse = message("BalanceResponse", { balancer_ran: bool(1), moves_calculated: int(2), moves_executed: int(3) });
export const SetBalancerRunningRequest = message("SetBalancerRunningRequest", { on: bool(1), synchronous: bool(2) });
export const SetBalancerRunningResponse = message("SetBalancerRunningResponse", { prev_balance_value: bool(1) });
