import { Refused } from "@/server/delivery/outside-step";
import type { Timers } from "@/server/platform/timers";
import type { MediaSource } from "../media";
import { brokenOf, refusalOf } from "./refusal";

/** An account of a carrier that speaks as Twilio does. */
export interface TwilioAccount {
  /** Where its API is: everything before /2010-04-01, without a slash at the end. */
  readonly base: string;
  readonly sid: string;
  /** Its password, and the key of the signatures under what comes from there. */
  readonly token: string;
}

export interface NewMessage {
  readonly To: string;
  readonly From: string;
  readonly Body: string;
  readonly StatusCallback: string;
}

const ANSWER_WITHIN = 15_000;
/** Bytes; a message as Twilio describes it has about one thousand. */
const MAX_ANSWER = 64 * 1024;

/** The one call of Twilio's REST API that is needed (Messages resource, 2010-04-01). */
export class TwilioApi {
  readonly #open = new Map<AbortController, Promise<unknown>>();
  readonly #url: string;
  readonly #authorization: string;

  constructor(
    { base, sid, token }: TwilioAccount,
    private readonly timers: Timers,
  ) {
    this.#url = `${base}/2010-04-01/Accounts/${encodeURIComponent(sid)}/Messages.json`;
    this.#authorization = basic({ sid, token });
  }

  /** Resolves to the carrier's id of the message. Fails with `Refused`. */
  async create(message: NewMessage): Promise<string> {
    const { status, body } = await this.#post(new URLSearchParams({ ...message }));
    const { sid, error_code } = Object(body) as { sid?: unknown; error_code?: unknown };
    if (status < 200 || status > 299) throw refusalOf(status, body);
    if (error_code) throw refusalOf(status, { code: error_code, message: (body as { error_message?: unknown }).error_message });
    // Some other server may say yes to everything. Better a text that comes twice than one that is lost without a word.
    if (typeof sid !== "string" || sid === "") throw new Refused(false, "carrier-unreachable", `The answer is not one of Twilio's API (HTTP ${status}).`);
    return sid;
  }

  /** Waits for what is under way, and cuts it off then. */
  async close(patience: number): Promise<void> {
    const cut = this.timers.after(patience, () => {
      for (const call of this.#open.keys()) call.abort();
    });
    await Promise.allSettled(this.#open.values());
    cut();
  }

  async #post(form: URLSearchParams): Promise<{ status: number; body: unknown }> {
    const call = new AbortController();
    const stop = this.timers.after(ANSWER_WITHIN, () => call.abort());
    const answer = this.#answer(form, call.signal);
    this.#open.set(call, answer);
    try {
      return await answer;
    } catch (error) {
      throw brokenOf(error);
    } finally {
      stop();
      this.#open.delete(call);
    }
  }

  async #answer(form: URLSearchParams, signal: AbortSignal): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: this.#authorization, accept: "application/json" };
    const answer = await fetch(this.#url, { method: "POST", body: form, headers, signal, redirect: "manual" });
    return { status: answer.status, body: parsed(await bounded(answer.body)) };
  }
}

/** Pictures lie where the API is, and are given to whoever may call it. */
export const mediaSource = ({ base, sid, token }: TwilioAccount): MediaSource => ({ origin: new URL(base).origin, authorization: basic({ sid, token }) });

const basic = ({ sid, token }: Pick<TwilioAccount, "sid" | "token">): string => `Basic ${Buffer.from(`${sid}:${token}`).toString("base64")}`;

/** The text of a body; of one that is too long nothing, and its rest is not read. */
async function bounded(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
