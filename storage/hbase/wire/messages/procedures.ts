import { bytes, int, message, num, string, sub } from "../protobuf";

/** Create/Delete/Enable/Disable/Modify table, split, flush: all answer this */
export const ProcId = message("ProcId", { proc_id: num(1) });
export const GetProcedureResultRequest = message("GetProcedureResultRequest", { proc_id: num(1) });
export const GenericExceptionMessage = message("GenericExceptionMessage", { class_name: string(1), message: string(2) });
export const ForeignExceptionMessage = message("ForeignExceptionMessage", { source: string(1), generic_exception: sub(2, GenericExceptionMessage) });
export const GetProcedureResultResponse = message("GetProcedureResultResponse", {
  state: int(1),
  result: bytes(4),
  exception: sub(5, ForeignExceptionMessage),
});
