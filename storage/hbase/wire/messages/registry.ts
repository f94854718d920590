import { list, message, string, sub } from "../protobuf";
import { RegionLocation, ServerName } from "./shared";

export const GetActiveMasterResponse = message("GetActiveMasterResponse", { server_name: sub(1, ServerName) });
export const GetMetaRegionLocationsResponse = message("GetMetaRegionLocationsResponse", { meta_locations: list(sub(1, RegionLocation)) });
export const GetBootstrapNodesResponse = message("GetBootstrapNodesResponse", { server_name: list(sub(1, ServerName)) });
export const GetClusterIdResponse = message("GetClusterIdResponse", { cluster_id: string(1) });
