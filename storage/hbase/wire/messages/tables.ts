import { big, bool, bytes, int, list, message, string, sub } from "../protobuf";
import { NameStringPair, TableName, TableSchema } from "./shared";

export const CreateTableRequest = message("CreateTableRequest", {
  table_schema: sub(1, TableSchema),
  split_keys: list(bytes(2)),
  nonce_group: big(3),
  nonce: big(4),
});
/** also Disable, Enable */
export const TableRequest = message("DeleteTableRequest", { table_name: sub(1, TableName), nonce_group: big(2), nonce: big(3) });
export const NamespaceDescriptor = message("NamespaceDescriptor", { name: bytes(1), configuration: list(sub(2, NameStringPair)) });
export const CreateNamespaceRequest = message("CreateNamespaceRequest", {
  namespaceDescriptor: sub(1, NamespaceDescriptor),
  nonce_group: big(2),
  nonce: big(3),
});
export const DeleteNamespaceRequest = message("DeleteNamespaceRequest", { namespaceName: string(1), nonce_group: big(2), nonce: big(3) });
export const ModifyTableRequest = message("ModifyTableRequest", {
  table_name: sub(1, TableName),
  table_schema: sub(2, TableSchema),
  nonce_group: big(3),
  nonce: big(4),
});
export const GetTableDescriptorsRequest = message("GetTableDescriptorsRequest", {
  table_names: list(sub(1, TableName)),
  include_sys_tables: bool(3),
  namespace: string(4),
});
export const GetTableDescriptorsResponse = message("GetTableDescriptorsResponse", { table_schema: list(sub(1, TableSchema)) });
/** 0 enabled, 1 disabled, 2 disabling, 3 enabling. */
export const TableState = message("TableState", { state: int(1) });
export const GetTableNamesRequest = message("GetTableNamesRequest", { regex: string(1), include_sys_tables: bool(2), namespace: string(3) });
export const GetTableNamesResponse = message("GetTableNamesResponse", { table_names: list(sub(1, TableName)) });
