import { bool, int, message, string, sub } from "../protobuf";

export const UserInformation = message("UserInformation", { effective_user: string(1), real_user: string(2) });
export const VersionInfo = message("VersionInfo", {
  version: string(1),
  url: string(2),
  revision: string(3),
  user: string(4),
  date: string(5),
  src_checksum: string(6),
  version_major: int(7),
  version_minor: int(8),
});
export const ConnectionHeader = message("ConnectionHeader", {
  user_info: sub(1, UserInformation),
  service_name: string(2),
  cell_block_codec_class: string(3),
  cell_block_compressor_class: string(4),
  version_info: sub(5, VersionInfo),
});
export const CellBlockMeta = message("CellBlockMeta", { length: int(1) });
export const RequestHeader = message("RequestHeader", {
  call_id: int(1),
  method_name: string(3),
  request_param: bool(4),
  cell_block_meta: sub(5, CellBlockMeta),
  priority: int(6),
  timeout: int(7),
});
export const ExceptionResponse = message("ExceptionResponse", {
  exception_class_name: string(1),
  stack_trace: string(2),
  hostname: string(3),
  port: int(4),
  do_not_retry: bool(5),
  server_overloaded: bool(6),
});
export const ResponseHeader = message("ResponseHeader", { call_id: int(1), exception: sub(2, ExceptionResponse), cell_block_meta: sub(3, CellBlockMeta) });
export const Empty = message("Empty", {});
