import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TwilioAccount } from "@/server/bridges/sms/twilio/api";
import { signatureOf } from "@/server/bridges/sms/twilio/signature";

/** What becomes of a message to a phone. Without one it is taken and delivered. */
export interface FakeBehaviour {
  /** The answer to the call, instead of taking the message; a text goes out as it is. */
  readonly answer?: { readonly status: number; readonly body?: object | string; readonly headers?: Record<string, string> };
  /** The call is never answered. */
  readonly silent?: boolean;
  /** Statuses in the order they are told in, with an error code behind a colon. */
  readonly statuses?: readonly string[];
  /** They are told before the call is answered. */
  readonly early?: boolean;
}

/** A picture it keeps, and how it gives it: a body that never ends, another place, or a status come instead. */
export interface FakeMedia {
  readonly type: string;
  readonly body?: Uint8Array | string;
  readonly endless?: boolean;
  readonly status?: number;
  readonly location?: string;
}

export interface FakeMessage {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

const DELIVERED = ["queued", "sent", "delivered"];
const ACCOUNT = "/2010-04-01/Accounts/AC0123456789abcdef";
const PATH = `${ACCOUNT}/Messages.json`;

/** The part of Twilio's API that Braid uses, over real HTTP, and what Twilio calls in return. An unknown call is remembered, and `close` fails of it. */
export class FakeTwilio {
  readonly messages: FakeMessage[] = [];
  /** How often it was called with a message to a phone, taken or not. */
  readonly calls = new Map<string, number>();
  /** How often each picture was asked for, by its URL. */
  readonly fetches = new Map<string, number>();
  readonly #media = new Map<string, FakeMedia>();
  readonly #behaviours = new Map<string, FakeBehaviour>();
  readonly #unknown: string[] = [];
  #ids = 0;

  private constructor(private readonly http: Server) {
    http.on("request", (req, res) => void this.#serve(req, res));
  }

  static async start(): Promise<FakeTwilio> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    return new FakeTwilio(http);
  }

  get account(): TwilioAccount {
    return { base: `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`, sid: "AC0123456789abcdef", token: "to:ken/ä" };
  }

  behave(phone: string, behaviour: FakeBehaviour): void {
    this.#behaviours.set(phone, behaviour);
  }

  /** Keeps a picture, or does so anew; answers its URL. */
  keep(media: FakeMedia, url = `${this.account.base}${ACCOUNT}/Messages/MM${++this.#ids}/Media/ME${this.#ids}`): string {
    this.#media.set(url, media);
    return url;
  }

  nextSid(): string {
    return `SM${(++this.#ids).toString(16).padStart(32, "0")}`;
  }

  /** Calls a webhook as Twilio does: signed for the URL, with all parameters. */
  async call(url: string, fields: Readonly<Record<string, string>>, signature?: string): Promise<Response> {
    const body = new URLSearchParams({ AccountSid: this.account.sid, ApiVersion: "2010-04-01", ...fields });
    return fetch(url, { method: "POST", body, headers: { "x-twilio-signature": signature ?? signatureOf(this.account.token, url, body) } });
  }

  /** A phone writes to us. */
  write(
    url: string,
    { from, to, text, sid = this.nextSid(), media = [] }: { from: string; to: string; text: string; sid?: string; media?: readonly string[] },
  ): Promise<Response> {
    const pictures = media.flatMap((place, i) => [
      [`MediaUrl${i}`, place],
      [`MediaContentType${i}`, this.#media.get(place)?.type ?? ""],
    ]);
    const fields = { MessageSid: sid, SmsSid: sid, From: from, To: to, Body: text, NumMedia: String(media.length), NumSegments: "1" };
    return this.call(url, { ...fields, ...Object.fromEntries(pictures) });
  }

  async close(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
    if (this.#unknown.length > 0) throw new Error(`Calls Twilio would not know: ${this.#unknown.join("; ")}`);
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const answer = (status: number, body: object | string, headers: Record<string, string> = {}): void => {
      res.writeHead(status, { "content-type": "application/json", ...headers }).end(typeof body === "string" ? body : JSON.stringify(body));
    };
    if (req.method === "GET") return this.#give(req, res);
    const form = new URLSearchParams(await textOf(req));
    const [to, from, text, callback] = ["To", "From", "Body", "StatusCallback"].map((name) => form.get(name)) as [string, string, string, string];
    if (req.method !== "POST" || req.url !== PATH || [to, from, text, callback].includes(null as never)) {
      this.#unknown.push(`${req.method} ${req.url} ${form}`);
      return answer(404, { code: 20404, message: "The requested resource was not found", status: 404 });
    }
    if (req.headers.authorization !== this.#authorization) return answer(401, { code: 20003, message: "Authenticate", status: 401 });
    this.calls.set(to, (this.calls.get(to) ?? 0) + 1);
    const behaviour = this.#behaviours.get(to) ?? {};
    if (behaviour.silent) return;
    if (behaviour.answer) return answer(behaviour.answer.status, behaviour.answer.body ?? {}, behaviour.answer.headers);
    const message = { sid: this.nextSid(), from, to, text };
    this.messages.push(message);
    const tell = () => this.#tell(message, callback, behaviour.statuses ?? DELIVERED);
    if (behaviour.early) await tell();
    answer(201, { sid: message.sid, status: "queued", error_code: null, error_message: null, num_segments: "1" });
    if (!behaviour.early) await tell();
  }

  #give(req: IncomingMessage, res: ServerResponse): void {
    const url = `${this.account.base}${req.url}`;
    const media = this.#media.get(url);
    if (media === undefined) this.#unknown.push(`GET ${req.url}`);
    const isKnown = req.headers.authorization === this.#authorization;
    this.fetches.set(url, (this.fetches.get(url) ?? 0) + 1);
    const { type, body = "", endless, location, status = location === undefined ? 200 : 307 } = media ?? { type: "", status: 404 };
    if (!isKnown) return void res.writeHead(401).end();
    res.writeHead(status, { "content-type": type, ...(location !== undefined && { location }) });
    if (!endless) return void res.end(body);
    const more = setInterval(() => res.write(Buffer.alloc(1024 * 1024)), 1);
    res.on("close", () => clearInterval(more));
  }

  get #authorization(): string {
    return `Basic ${Buffer.from(`${this.account.sid}:${this.account.token}`).toString("base64")}`;
  }

  async #tell({ sid, from, to }: FakeMessage, callback: string, statuses: readonly string[]): Promise<void> {
    for (const [status = "", error] of statuses.map((words) => words.split(":"))) {
      const fields = { MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status, From: from, To: to };
      await this.call(callback, { ...fields, ...(error !== undefined && { ErrorCode: error }) }).catch(() => {}); // as Twilio does when nobody is there
    }
  }
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
