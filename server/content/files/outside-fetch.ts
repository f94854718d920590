import { lookup } from "node:dns/promises";
import { type IncomingMessage, request } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import { connect as secure } from "node:tls";
import type { Timers } from "@/server/platform/timers";
import { isPublic } from "./public-address";

/** The network, as far as it is needed. */
export interface Outside {
  /** All addresses of a name. */
  resolve(host: string): Promise<readonly string[]>;
  /** A connection to exactly this address. */
  connect(address: string, port: number): Socket;
}

export const internet: Outside = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  connect: (host, port) => connect({ host, port }),
};

export interface FetchOptions {
  /** The origin that may lie in a private network, and that alone is told `authorization`. Redirects may lead to any other in public. */
  readonly origin: string;
  readonly authorization: string;
  readonly maxBytes: number;
  /** Milliseconds for all of it. */
  readonly withinMs: number;
  readonly timers: Timers;
  /** Breaks it off. */
  readonly signal: AbortSignal;
  readonly outside: Outside;
}

/** `forbidden`: where it is, or where it leads to, is no place to fetch anything from. */
export type FetchCode = "forbidden" | "too-large" | "refused" | "unreachable";

export class FetchFailure extends Error {
  override readonly name = "FetchFailure";
  constructor(
    readonly code: FetchCode,
    words: string,
    options?: ErrorOptions,
  ) {
    super(words, options);
  }
}

const MAX_REDIRECTS = 5;

/**
 * The bytes at a URL that others named. Its names are resolved once, and the connection goes to the address that was looked at: a name
 * that changes its mind meanwhile gains nothing. Fails with FetchFailure.
 */
export async function fetchOutside(start: string, options: FetchOptions): Promise<Buffer> {
  const call = new AbortController();
  const signal = AbortSignal.any([call.signal, options.signal]);
  const late = new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const stop = options.timers.after(options.withinMs, () => call.abort(new FetchFailure("unreachable", "It took too long.")));
  try {
    return await Promise.race([follow(start, options, signal), late]);
  } catch (error) {
    throw error instanceof FetchFailure ? error : new FetchFailure("unreachable", "The connection failed.", { cause: error });
  } finally {
    stop();
    late.catch(() => {});
    call.abort(); // whatever of it is still open
  }
}

async function follow(start: string, options: FetchOptions, signal: AbortSignal): Promise<Buffer> {
  let url = urlOf(start, undefined);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await ask(url, options, signal);
    const { statusCode: status = 0, headers } = answer;
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      answer.destroy();
      url = urlOf(headers.location, url);
    } else if (status === 200) return bounded(answer, options.maxBytes);
    else throw new FetchFailure(status < 500 && status !== 429 ? "refused" : "unreachable", `The answer was ${status}.`);
  }
  throw new FetchFailure("refused", "It leads from one place to the next.");
}

function urlOf(text: string, base: URL | undefined): URL {
  if (!URL.canParse(text, base)) throw new FetchFailure("forbidden", "That is no address.");
  return new URL(text, base);
}

async function ask(url: URL, options: FetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const isOwn = url.origin === options.origin;
  // Without TLS only an API on this machine is spoken to at all, and what that leads to is no less safe.
  const isSpoken = url.protocol === "https:" || (url.protocol === "http:" && options.origin.startsWith("http:"));
  if (!isSpoken || url.username !== "" || url.password !== "") throw new FetchFailure("forbidden", "That is no place to fetch from.");
  const address = await pinned(url, isOwn, options.outside);
  signal.throwIfAborted();
  const headers = { host: url.host, accept: "*/*", "accept-encoding": "identity", ...(isOwn && { authorization: options.authorization }) };
  return new Promise((resolve, reject) => {
    // No agent, and not `agent: false` either: that one has its own way to connect, and looks the name up once more.
    const createConnection = () => connection(url, address, options.outside, reject);
    const asking = request({ path: `${url.pathname}${url.search}`, headers, signal, createConnection });
    asking.on("error", reject).on("response", resolve).end();
  });
}

/** The address to go to. One private address among several is one too many. */
async function pinned({ hostname }: URL, isOwn: boolean, { resolve }: Outside): Promise<string> {
  const host = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const [first] = addresses;
  if (first === undefined) throw new FetchFailure("unreachable", "The name is not known.");
  if (!isOwn && !addresses.every(isPublic)) throw new FetchFailure("forbidden", "It leads into a private network.");
  return first;
}

function connection(url: URL, address: string, { connect }: Outside, failed: (error: Error) => void): Socket {
  const isSecure = url.protocol === "https:";
  const socket = connect(address, Number(url.port) || (isSecure ? 443 : 80)).on("error", failed);
  if (!isSecure) return socket;
  return secure({ socket, ...(isIP(url.hostname) === 0 && { servername: url.hostname }), host: url.hostname, ALPNProtocols: ["http/1.1"] });
}

async function bounded(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new FetchFailure("too-large", `It is larger than ${maxBytes} bytes.`);
  if (Number(answer.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
