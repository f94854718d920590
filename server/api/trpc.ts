import { initTRPC, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { AppError, asAppError, type ErrorCode } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { Services } from "./services";

export interface Context {
  readonly services: Services;
  readonly session?: { readonly userId: Id; readonly role: "admin" | "member" };
  /** The network address that is counted for limits. */
  readonly caller: string;
}

/** The one map from our codes to tRPC's, and so to HTTP statuses. What is not named is a bad request. */
const STATUS: Partial<Record<ErrorCode, TRPCError["code"]>> = {
  "account/not-signed-in": "UNAUTHORIZED",
  "account/expired": "UNAUTHORIZED",
  "account/forbidden": "FORBIDDEN",
  "account/handle-taken": "CONFLICT",
  "address/taken": "CONFLICT",
  "address/unknown": "NOT_FOUND",
  "thread/unknown": "NOT_FOUND",
  "message/unknown": "NOT_FOUND",
  "phone/unreachable": "UNPROCESSABLE_CONTENT",
  "phone/not-sent": "BAD_GATEWAY",
  "phone/no-more-codes": "TOO_MANY_REQUESTS",
  "request/not-found": "NOT_FOUND",
  "request/too-many": "TOO_MANY_REQUESTS",
  "message/too-large": "PAYLOAD_TOO_LARGE",
  "mail/too-large": "PAYLOAD_TOO_LARGE",
  "mail/not-sent": "BAD_GATEWAY",
  "mail/unreadable": "UNPROCESSABLE_CONTENT",
  "store/corrupt": "INTERNAL_SERVER_ERROR",
  "store/unavailable": "SERVICE_UNAVAILABLE",
  "store/unknown-outcome": "TIMEOUT",
  "store/not-owner": "CONFLICT",
  "store/overloaded": "TOO_MANY_REQUESTS",
  "store/full": "SERVICE_UNAVAILABLE",
  "server/internal": "INTERNAL_SERVER_ERROR",
};

/** Our own error in whatever tRPC wrapped it: a schema that refused the input, a missing procedure, or a failure below. */
export function appErrorOf(error: TRPCError): AppError {
  if (error.cause instanceof AppError) return error.cause;
  if (error.code === "BAD_REQUEST" || error.code === "PARSE_ERROR") return new AppError("request/invalid", undefined, { cause: error });
  if (error.code === "PAYLOAD_TOO_LARGE") return new AppError("message/too-large", undefined, { cause: error });
  if (error.code === "NOT_FOUND" || error.code === "METHOD_NOT_SUPPORTED") return new AppError("request/not-found", undefined, { cause: error });
  return asAppError(error.cause ?? error);
}

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => {
    const { code, message } = appErrorOf(error);
    return { code: shape.code, message, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, app: code } };
  },
});

export const router = t.router;

/** A procedure for whoever is signed in. It turns our failures into tRPC's on the way out as well: every middleware costs at every call. */
export const signedIn = t.procedure.use(async ({ ctx: { services, session }, next }) => {
  if (session === undefined) throw refusal(new AppError("account/not-signed-in"));
  const result = await next({ ctx: { services, session, user: session.userId } });
  if (!result.ok && result.error.cause instanceof AppError) throw refusal(result.error.cause);
  return result;
});

/** The HTTP status of a failure, for doors beside tRPC. */
export const statusOf = (error: AppError): number => getHTTPStatusCodeFromError(refusal(error));

function refusal(cause: AppError): TRPCError {
  return new TRPCError({ code: STATUS[cause.code] ?? "BAD_REQUEST", message: cause.message, cause });
}
