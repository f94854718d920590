import * as M from "./messages";
import type { Message, Spec } from "./protobuf";

export type Service = "ClientService" | "AdminService" | "MasterService" | "ClientMetaService";

/** A remote procedure: where it is served, its name, what goes in and what comes out. */
export interface Method<I extends Spec, O extends Spec> {
  readonly service: Service;
  readonly name: string;
  readonly request: Message<I>;
  readonly response: Message<O>;
}

const of =
  (service: Service) =>
  <I extends Spec, O extends Spec>(name: string, request: Message<I>, response: Message<O>): Method<I, O> => ({ service, name, request, response });
const client = of("ClientService");
const registry = of("ClientMetaService");
const admin = of("AdminService");
const master = of("MasterService");

export const Client = {
  get: client("Get", M.GetRequest, M.GetResponse),
  mutate: client("Mutate", M.MutateRequest, M.MutateResponse),
  multi: client("Multi", M.MultiRequest, M.MultiResponse),
  scan: client("Scan", M.ScanRequest, M.ScanResponse),
};

export const Registry = {
  clusterId: registry("GetClusterId", M.Empty, M.GetClusterIdResponse),
  activeMaster: registry("GetActiveMaster", M.Empty, M.GetActiveMasterResponse),
  metaLocations: registry("GetMetaRegionLocations", M.Empty, M.GetMetaRegionLocationsResponse),
  bootstrapNodes: registry("GetBootstrapNodes", M.Empty, M.GetBootstrapNodesResponse),
};

export const RegionAdmin = {
  flush: admin("FlushRegion", M.FlushRegionRequest, M.FlushRegionResponse),
  compact: admin("CompactRegion", M.CompactRegionRequest, M.Empty),
  info: admin("GetRegionInfo", M.GetRegionInfoRequest, M.GetRegionInfoResponse),
};

export const Master = {
  createNamespace: master("CreateNamespace", M.CreateNamespaceRequest, M.ProcId),
  deleteNamespace: master("DeleteNamespace", M.DeleteNamespaceRequest, M.ProcId),
  createTable: master("CreateTable", M.CreateTableRequest, M.ProcId),
  deleteTable: master("DeleteTable", M.TableRequest, M.ProcId),
  disableTable: master("DisableTable", M.TableRequest, M.ProcId),
  enableTable: master("EnableTable", M.TableRequest, M.ProcId),
  modifyTable: master("ModifyTable", M.ModifyTableRequest, M.ProcId),
  tableNames: master("GetTableNames", M.GetTableNamesRequest, M.GetTableNamesResponse),
  tableDescriptors: master("GetTableDescriptors", M.GetTableDescriptorsRequest, M.GetTableDescriptorsResponse),
  procedureResult: master("getProcedureResult", M.GetProcedureResultRequest, M.GetProcedureResultResponse),
  split: master("SplitRegion", M.SplitTableRegionRequest, M.ProcId),
  merge: master("MergeTableRegions", M.MergeTableRegionsRequest, M.ProcId),
  move: master("MoveRegion", M.MoveRegionRequest, M.Empty),
  balance: master("Balance", M.BalanceRequest, M.BalanceResponse),
  setBalancer: master("SetBalancerRunning", M.SetBalancerRunningRequest, M.SetBalancerRunningResponse),
  clusterStatus: master("GetClusterStatus", M.GetClusterStatusRequest, M.GetClusterStatusResponse),
};
