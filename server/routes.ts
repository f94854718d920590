import type { IncomingMessage, ServerResponse } from "node:http";
import { type Handler, pathOf, refuse } from "./api/http";
import type { Health } from "./platform/health";
import type { Metrics } from "./platform/metrics";

export interface RouteDeps {
  readonly api: Handler;
  readonly auth: Handler;
  readonly files: Handler;
  readonly demo: Handler;
  /** Carriers of text messages that call us. */
  readonly sms: Handler;
  readonly pages: Handler;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly isAdmin: (req: IncomingMessage) => Promise<boolean>;
  readonly failed: (error: unknown, path: string) => void;
}

/** Which door a request goes to. A door that breaks answers 500 and takes nothing with it. */
export function routes(deps: RouteDeps): Handler {
  return async (req, res) => {
    const path = pathOf(req);
    try {
      protect(res);
      await handlerOf(path, deps)(req, res);
    } catch (error) {
      deps.failed(error, path);
      if (!res.headersSent) refuse(res, 500, "server/internal", "Something went wrong on our side.");
    }
  };
}

function handlerOf(path: string, deps: RouteDeps): Handler {
  if (path.startsWith("/api/trpc/")) return deps.api;
  if (path.startsWith("/api/auth/")) return deps.auth;
  if (path.startsWith("/api/files/")) return deps.files;
  if (path === "/api/demo") return deps.demo;
  if (path.startsWith("/api/sms/")) return deps.sms;
  if (path === "/healthz") return healthz(deps.health);
  if (path === "/metrics") return metrics(deps);
  if (path.startsWith("/api/")) return (_req, res) => refuse(res, 404, "request/not-found", "There is nothing here.");
  return deps.pages;
}

/**
 * What a page of ours may do. Scripts are our own files; Next also writes some into the page. Pictures from elsewhere only ever load inside
 * the sandboxed frame of an original, whose own policy forbids them until they are asked for.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https: http:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers every answer has: nothing of Braid is framed by others, sniffed, or told where its people come from. */
function protect(res: ServerResponse): void {
  res.setHeader("content-security-policy", POLICY);
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("x-frame-options", "DENY");
  res.setHeader("referrer-policy", "same-origin");
}

/** 200 while people can work, slow parts included; 503 when something they need is broken. Why is for admins: the words may name our neighbours. */
const healthz =
  (health: Health): Handler =>
  async (_req, res) => {
    const { state, probes } = await health.report();
    res.writeHead(state === "broken" ? 503 : 200, { "content-type": "application/json", "cache-control": "no-store" });
    res.end(JSON.stringify({ state, probes: probes.map(({ name, state }) => ({ name, state })) }));
  };

/** For a collector on this machine, or an admin; a proxy in between makes every caller look local, so its header shuts the door. */
const metrics =
  ({ metrics, isAdmin }: RouteDeps): Handler =>
  async (req, res) => {
    const local = isLoopback(req.socket.remoteAddress) && req.headers["x-forwarded-for"] === undefined;
    if (!local && !(await isAdmin(req))) return refuse(res, 403, "account/forbidden", "Only this machine and admins may read the metrics.");
    res.writeHead(200, { "content-type": metrics.contentType });
    res.end(await metrics.text());
  };

const isLoopback = (address: string | undefined): boolean => address !== undefined && /^(::1|(::ffff:)?127\.)/.test(address);
