import { bool, bytes, int, list, message, num, string, sub } from "../protobuf";

export const NameBytesPair = message("NameBytesPair", { name: string(1), value: bytes(2) });
export const NameStringPair = message("NameStringPair", { name: string(1), value: string(2) });
export const BytesBytesPair = message("BytesBytesPair", { first: bytes(1), second: bytes(2) });
export const TableName = message("TableName", { namespace: bytes(1), qualifier: bytes(2) });
export const ServerName = message("ServerName", { host_name: string(1), port: int(2), start_code: num(3) });
/** 1 full name, 2 encoded name */
export const RegionSpecifier = message("RegionSpecifier", { type: int(1), value: bytes(2) });
export const RegionInfo = message("RegionInfo", {
  region_id: num(1),
  table_name: sub(2, TableName),
  start_key: bytes(3),
  end_key: bytes(4),
  offline: bool(5),
  split: bool(6),
  replica_id: int(7),
});
export const RegionLocation = message("RegionLocation", { region_info: sub(1, RegionInfo), server_name: sub(2, ServerName), seq_num: num(3) });
export const TimeRange = message("TimeRange", { from: num(1), to: num(2) });
export const ColumnFamilySchema = message("ColumnFamilySchema", {
  name: bytes(1),
  attributes: list(sub(2, BytesBytesPair)),
  configuration: list(sub(3, NameStringPair)),
});
export const TableSchema = message("TableSchema", {
  table_name: sub(1, TableName),
  attributes: list(sub(2, BytesBytesPair)),
  column_families: list(sub(3, ColumnFamilySchema)),
  configuration: list(sub(4, NameStringPair)),
});
