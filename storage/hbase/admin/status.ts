import { nameOf } from "../locator/region";
import type { ServerAddress } from "../registry/registry";
import { buf, EMPTY } from "../wire/bytes";
import type { LiveServerInfo, RegionInTransition, RegionLoad, ServerName, ClusterStatus as Status } from "../wire/messages";
import type { Of } from "../wire/protobuf";

export interface RegionStatus {
  /** `table,start,id.encoded.` */
  readonly name: string;
  readonly table: string;
  readonly storeFiles: number;
  readonly storeFileMB: number;
  readonly memStoreMB: number;
  /** Since the region was opened. */
  readonly reads: number;
  readonly writes: number;
  readonly compaction: "none" | "minor" | "major" | "major and minor";
}

export interface ServerStatus extends ServerAddress {
  readonly startCode: number;
  /** In the time between its last two reports to the master. */
  readonly requestsPerSecond: number;
  /** Since it was started. */
  readonly requests: number;
  readonly usedHeapMB: number;
  readonly maxHeapMB: number;
  /** When it last reported, in milliseconds since 1970. */
  readonly reportedAt: number;
  readonly regions: RegionStatus[];
}

export interface ClusterStatus {
  readonly version: string;
  readonly clusterId: string;
  readonly master?: ServerAddress;
  readonly backupMasters: ServerAddress[];
  readonly servers: ServerStatus[];
  readonly deadServers: ServerAddress[];
  readonly inTransition: { readonly table: string; readonly region: string; readonly state: string; readonly since: number }[];
  readonly balancerOn: boolean;
}

/** The numbers are those of RegionState.State. */
const STATES = [
  "OFFLINE",
  "PENDING_OPEN",
  "OPENING",
  "OPEN",
  "PENDING_CLOSE",
  "CLOSING",
  "CLOSED",
  "SPLITTING",
  "SPLIT",
  "FAILED_OPEN",
  "FAILED_CLOSE",
  "MERGING",
  "MERGED",
  "SPLITTING_NEW",
  "MERGING_NEW",
  "ABNORMALLY_CLOSED",
] as const;
const COMPACTIONS = ["none", "minor", "major", "major and minor"] as const;

export function statusOf(status: Of<typeof Status>): ClusterStatus {
  return {
    version: status.hbase_version?.version ?? "",
    clusterId: status.cluster_id?.cluster_id ?? "",
    master: status.master && addressOf(status.master),
    backupMasters: (status.backup_masters ?? []).map(addressOf),
    servers: (status.live_servers ?? []).map(serverOf),
    deadServers: (status.dead_servers ?? []).map(addressOf),
    inTransition: (status.regions_in_transition ?? []).map(transitionOf),
    balancerOn: status.balancer_on ?? false,
  };
}

const addressOf = ({ host_name = "", port = 0, start_code = 0 }: Of<typeof ServerName>) => ({ host: host_name, port, startCode: start_code });

function serverOf({ server = {}, server_load = {} }: Of<typeof LiveServerInfo>): ServerStatus {
  const { number_of_requests = 0, total_number_of_requests = 0, used_heap_MB = 0, max_heap_MB = 0, region_loads = [] } = server_load;
  return {
    ...addressOf(server),
    requestsPerSecond: number_of_requests,
    requests: total_number_of_requests,
    usedHeapMB: used_heap_MB,
    maxHeapMB: max_heap_MB,
    reportedAt: server_load.report_end_time ?? 0,
    regions: region_loads.map(regionStatusOf),
  };
}

function regionStatusOf(load: Of<typeof RegionLoad>): RegionStatus {
  const name = buf(load.region_specifier?.value ?? EMPTY).toString("latin1");
  return {
    name,
    table: name.slice(0, name.indexOf(",")),
    storeFiles: load.storefiles ?? 0,
    storeFileMB: load.storefile_size_MB ?? 0,
    memStoreMB: load.mem_store_size_MB ?? 0,
    reads: load.read_requests_count ?? 0,
    writes: load.write_requests_count ?? 0,
    compaction: COMPACTIONS[load.compaction_state ?? 0] ?? "none",
  };
}

function transitionOf({ spec, region_state = {} }: Of<typeof RegionInTransition>) {
  const { region_info = {}, state = 0, stamp = 0 } = region_state;
  return {
    table: nameOf(region_info.table_name ?? {}),
    region: buf(spec?.value ?? EMPTY).toString("latin1"),
    state: STATES[state] ?? String(state),
    since: stamp,
  };
}
