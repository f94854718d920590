import type { IncomingMessage, ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { AppError, asAppError } from "@/domain/error";
import { type AddressOf, callerOf } from "../platform/client-address";
import { appRouter } from "./router";
import type { Services } from "./services";
import { appErrorOf, type Context } from "./trpc";

/** Bytes of one API request; what is larger gets 413 before it is read whole. */
export const MAX_BODY = 1_000_000;
const MAX_BATCH = 20;

export type Handler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

export interface ApiDeps {
  readonly services: Services;
  readonly readSession: (req: IncomingMessage) => Promise<Context["session"]>;
  /** From where. */
  readonly addressOf: AddressOf;
  /** Whether this caller may go on: false answers 429. */
  readonly allow: (key: string) => boolean;
  readonly origins: readonly string[];
  readonly failed: (error: AppError, path: string) => void;
}

/** The API over HTTP, for programs and for browsers without a socket. */
export function apiHandler(deps: ApiDeps): Handler {
  return async (req, res) => {
    if (!fromUs(req, deps.origins)) return refuse(res, 403, "account/forbidden", "This request came from another site.");
    const session = await deps.readSession(req).catch(asAppError);
    if (session instanceof AppError) return refuse(res, session.code === "store/unavailable" ? 503 : 500, session.code, session.message);
    const caller = callerOf(deps.addressOf(req));
    if (!deps.allow(`call:${session?.userId ?? caller}`)) return refuse(res, 429, "request/too-many", "Too many requests. Wait a moment and try again.");
    await nodeHTTPRequestHandler({
      req,
      res,
      path: pathOf(req).slice("/api/trpc/".length),
      router: appRouter,
      maxBodySize: MAX_BODY,
      maxBatchSize: MAX_BATCH,
      createContext: () => ({ services: deps.services, caller, ...(session !== undefined && { session }) }),
      onError: ({ error, path }) => deps.failed(appErrorOf(error), path ?? ""),
    });
  };
}

/** A browser names where a request comes from; another site's page must not act with our cookie. Programs name nothing. */
export function fromUs({ headers, method }: IncomingMessage, origins: readonly string[]): boolean {
  if (headers["sec-fetch-site"] === "cross-site") return false;
  return headers.origin === undefined || method === "GET" || origins.includes(headers.origin);
}

export function refuse(res: ServerResponse, status: number, code: string, sentence: string): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ code, sentence }));
}

export const pathOf = (req: IncomingMessage): string => (req.url ?? "/").split("?", 1)[0] as string;
