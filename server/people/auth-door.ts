import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { asAppError, ERROR_CODES, type ErrorCode } from "@/domain/error";
import type { AddressOf } from "../platform/client-address";
import { withContexts } from "../platform/contexts";
import { ADDRESS_HEADER, type Auth } from "./accounts";

/** Bytes; the largest request there is registers a passkey. */
const MAX_BODY = 64 * 1024;

export interface AuthDoorOptions {
  readonly auth: Auth;
  /** The origin Braid is found at. */
  readonly baseURL: string;
  /** Who is calling, for the rate limit and the list of sessions. */
  readonly addressOf: AddressOf;
  readonly failed?: (error: unknown) => void;
}

/** Answers everything under /api/auth/. Requests are read whole and bounded before anything looks at them. */
export function authDoor({ auth, baseURL, addressOf, failed }: AuthDoorOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await readBody(request);
      if (body === undefined) return refuse(response, 413, "request/invalid", "That request is too large.");
      const asked = webRequest(request, baseURL, body, addressOf(request));
      // Also for a caller who has gone: a transaction that loses its context goes on beside itself, and waits for itself.
      await send(response, await withContexts(() => auth.handler(asked)));
    } catch (error) {
      if (!request.complete) return void response.destroy(); // the caller went away in the middle
      failed?.(error);
      refuse(response, 500, asAppError(error).code);
    }
  };
}

/** The body, or undefined when it is longer than allowed; the rest of it is then not read. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function webRequest(request: IncomingMessage, baseURL: string, body: Buffer, address: string | undefined): Request {
  const headers = webHeaders(request.headers);
  headers.delete(ADDRESS_HEADER);
  if (address !== undefined) headers.set(ADDRESS_HEADER, address);
  const method = request.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD" && body.length > 0;
  return new Request(new URL(request.url ?? "/", baseURL), { method, headers, ...(hasBody && { body: new Uint8Array(body) }) });
}

function webHeaders(from: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(from)) for (const one of [value ?? []].flat()) headers.append(name, one);
  return headers;
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const cookies = answer.headers.getSetCookie();
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== "set-cookie") response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  response.setHeader("cache-control", "no-store");
  response.end(Buffer.from(await answer.arrayBuffer()));
}

function refuse(response: ServerResponse, status: number, code: ErrorCode, message: string = ERROR_CODES[code]): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", connection: "close" });
  response.end(JSON.stringify({ code, message }));
}
