import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, asAppError } from "@/domain/error";
import { isId } from "@/domain/id";
import { type ApiDeps, fromUs, type Handler, pathOf, refuse } from "./http";
import type { FileService } from "./services";
import { statusOf } from "./trpc";

export interface FilesDeps extends Pick<ApiDeps, "readSession" | "allow" | "origins" | "failed"> {
  readonly files: FileService;
}

const PATH = /^\/api\/files\/([0-9a-z]{26})\/([0-9a-z]{26})\/(\d{1,3})$/;
/** A file is what strangers made: it runs nothing, reaches nothing, and is nothing but what we say it is. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** GET /api/files/<thread>/<message>/<place>: a file of a message, whole or a range of it (RFC 9110, 14). `?save` has it saved and not shown. */
export function filesHandler(deps: FilesDeps): Handler {
  return async (req, res) => {
    const path = pathOf(req);
    try {
      if (req.method !== "GET" && req.method !== "HEAD") return void res.writeHead(405, { allow: "GET, HEAD" }).end();
      await give(req, res, path, deps);
    } catch (thrown) {
      const error = asAppError(thrown);
      deps.failed(error, "files");
      refuse(res, statusOf(error), error.code, error.message);
    }
  };
}

async function give(req: IncomingMessage, res: ServerResponse, path: string, { files, readSession, allow, origins }: FilesDeps): Promise<void> {
  if (!fromUs(req, origins)) throw new AppError("account/forbidden", "This request came from another site.");
  const session = await readSession(req);
  if (session === undefined) throw new AppError("account/not-signed-in");
  if (!allow(`call:${session.userId}`)) throw new AppError("request/too-many");
  const [, threadId = "", messageId = "", place = ""] = PATH.exec(path) ?? [];
  if (!isId(threadId) || !isId(messageId)) throw new AppError("request/not-found");
  const { name, bytes, picture } = await files.open(session.userId, threadId, messageId, Number(place));
  const etag = `"${messageId}-${place}"`; // what a message came with never changes
  const saved = picture === undefined || /[?&]save\b/.test(req.url ?? "");
  res.setHeaders(
    new Map([
      ["content-type", picture ?? "application/octet-stream"],
      ["content-disposition", disposition(saved ? "attachment" : "inline", name)],
      ["content-security-policy", POLICY],
      ["cross-origin-resource-policy", "same-origin"],
      ["accept-ranges", "bytes"],
      ["cache-control", "private, max-age=86400"],
      ["vary", "cookie"], // who signs in after somebody else does not see what that one's browser kept
      ["etag", etag],
    ]),
  );
  if (req.headers["if-none-match"]?.includes(etag)) return void res.writeHead(304).end();
  answer(req, res, bytes, rangeOf(req, etag, bytes.length));
}

function answer(req: IncomingMessage, res: ServerResponse, bytes: Buffer, range: Range | "none" | undefined): void {
  if (range === "none") return void res.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
  const { from, to } = range ?? { from: 0, to: bytes.length - 1 };
  const headers = { "content-length": to - from + 1, ...(range && { "content-range": `bytes ${from}-${to}/${bytes.length}` }) };
  res.writeHead(range ? 206 : 200, headers).end(req.method === "HEAD" ? undefined : bytes.subarray(from, to + 1));
}

interface Range {
  readonly from: number;
  /** The last byte, included. */
  readonly to: number;
}

/** The one range that is asked for; undefined when all of it is; "none" when there is nothing at that place. Several at once get all of it. */
function rangeOf({ headers, method }: IncomingMessage, etag: string, length: number): Range | "none" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? "") ?? [];
  const [condition] = [headers["if-range"] ?? etag].flat();
  if (method !== "GET" || condition !== etag || (first === "" && last === "")) return undefined;
  if (first === "") return Number(last) === 0 ? "none" : { from: Math.max(0, length - Number(last)), to: length - 1 };
  if (last !== "" && Number(last) < Number(first)) return undefined;
  return Number(first) >= length ? "none" : { from: Number(first), to: Math.min(last === "" ? length - 1 : Number(last), length - 1) };
}

/** RFC 6266 with RFC 8187: an ASCII name for who reads no other, and the whole one. */
function disposition(how: "inline" | "attachment", name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${ascii}"; filename*=UTF-8''${whole}`;
}
