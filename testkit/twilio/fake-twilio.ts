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

export interface FakeMessage {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

const DELIVERED = ["queued", "sent", "delivered"];
const PATH = "/2010-04-01/Accounts/AC0123456789abcdef/Messages.json";

/** The part of Twilio's API that Braid uses, over real HTTP, and what Twilio calls in return. An unknown call is remembered, and `close` fails of it. */
export class FakeTwilio {
  readonly messages: FakeMessage[] = [];
  /** How often it was called with a message to a phone, taken or not. */
  readonly calls = new Map<string, number>();
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

  nextSid(): string {
    return `SM${(++this.#ids).toString(16).padStart(32, "0")}`;
  }

  /** Calls a webhook as Twilio does: signed for the URL, with all parameters. */
  async call(url: string, fields: Readonly<Record<string, string>>, signature?: string): Promise<Response> {
    const body = new URLSearchParams({ AccountSid: this.account.sid, ApiVersion: "2010-04-01", ...fields });
    return fetch(url, { method: "POST", body, headers: { "x-twilio-signature": signature ?? signatureOf(this.account.token, url, body) } });
  }

  /** A phone writes to us. */
  write(url: string, { from, to, text, sid = this.nextSid() }: { from: string; to: string; text: string; sid?: string }): Promise<Response> {
    return this.call(url, { MessageSid: sid, SmsSid: sid, From: from, To: to, Body: text, NumMedia: "0", NumSegments: "1" });
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
