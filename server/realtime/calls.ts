import { callTRPCProcedure, getTRPCErrorFromUnknown } from "@trpc/server";
import { AppError } from "@/domain/error";
import type { ApiCall, ApiReply } from "@/domain/realtime";
import { appRouter } from "../api/router";
import { appErrorOf, type Context } from "../api/trpc";

/** Runs an API call that came over a socket: the same procedures as over HTTP, without its cost. */
export async function answerCall(call: unknown, ctx: Context, failed: (error: AppError, path: string) => void): Promise<ApiReply> {
  if (!isCall(call)) return refusal(new AppError("request/invalid"));
  try {
    const data = await callTRPCProcedure({
      router: appRouter,
      path: call.path,
      type: call.type,
      ctx,
      getRawInput: async () => call.input,
      signal: undefined,
      batchIndex: 0,
    });
    return { ok: true, data };
  } catch (error) {
    const known = appErrorOf(getTRPCErrorFromUnknown(error));
    failed(known, call.path);
    return refusal(known);
  }
}

export const refusal = ({ code, message }: AppError): ApiReply => ({ ok: false, code, sentence: message });

const isCall = (call: unknown): call is ApiCall =>
  typeof call === "object" &&
  call !== null &&
  "path" in call &&
  typeof call.path === "string" &&
  "type" in call &&
  (call.type === "query" || call.type === "mutation");
