import type { IncomingMessage, ServerResponse } from "node:http";
import type { Timers } from "@/server/platform/timers";
import type { TwilioNetwork, Webhook } from "./network";

export interface SmsDoorOptions {
  /** By name. */
  readonly networks: ReadonlyMap<string, Pick<TwilioNetwork, "hear">>;
  /** The origin that carriers were given. What Host says is the caller's own word. */
  readonly url: string;
  readonly timers: Timers;
  /** A webhook was refused: somebody forges, or the URL or the token of the settings is wrong. */
  readonly refused: (path: string) => void;
}

/** Bytes; ten pictures and the longest text have about ten thousand. */
const MAX_BODY = 64 * 1024;
const BODY_WITHIN = 10_000;
const PATH = /^\/api\/sms\/([a-z0-9-]{1,30})\/(message|status)(?:\?|$)/;
/** To say nothing in return (TwiML). */
const NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';
const STATUSES = { taken: 200, forged: 403, unreadable: 400 } as const;

/** The door carriers call: POST /api/sms/<name>/message and /status. */
export function smsDoor({ networks, url, timers, refused }: SmsDoorOptions) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const [, name = "", about] = PATH.exec(req.url ?? "") ?? [];
    const network = networks.get(name);
    if (network === undefined || about === undefined) return end(res, 404);
    if (req.method !== "POST") return end(res.setHeader("allow", "POST"), 405);
    const body = await readBody(req, timers);
    if (typeof body === "number") return end(res.setHeader("connection", "close"), body);
    const [signature] = [req.headers["x-twilio-signature"] ?? ""].flat() as [string];
    const webhook = { about: about as Webhook["about"], url: `${url}${req.url}`, signature, form: new URLSearchParams(body) };
    const outcome = await network.hear(webhook);
    if (outcome === "forged") refused(req.url?.split("?", 1)[0] ?? "");
    end(res, STATUSES[outcome]);
  };
}

function end(res: ServerResponse, status: number): void {
  res.writeHead(status, status === 200 ? { "content-type": "text/xml" } : {}).end(status === 200 ? NOTHING : "");
}

/** The body, or the status that says why it is not read to its end. */
function readBody(req: IncomingMessage, timers: Timers): Promise<string | 400 | 408 | 413> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = (result: string | 400 | 408 | 413): void => {
      stop();
      req.pause();
      resolve(result);
    };
    const stop = timers.after(BODY_WITHIN, () => done(408));
    req.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY) return done(413);
      chunks.push(chunk);
    });
    req.on("end", () => done(Buffer.concat(chunks).toString("utf8")));
    req.on("error", () => done(400));
    req.on("close", () => done(400));
  });
}
