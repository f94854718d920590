import type { ApiCall, ApiReply } from "@/domain/realtime";
import { isErrorCode } from "./failure";

/** tRPC's answer to one call, or what its door says before tRPC is asked. */
interface HttpAnswer {
  readonly result?: { readonly data?: unknown };
  readonly error?: { readonly message?: string; readonly data?: { readonly app?: unknown } };
  readonly code?: unknown;
  readonly sentence?: string;
}

/** One call by tRPC's protocol over HTTP. Rejects when no answer of our API comes: no network, a proxy's page. */
export async function overHttp({ type, path, input }: ApiCall, send: typeof fetch = fetch): Promise<ApiReply> {
  const url = `/api/trpc/${path}`;
  const body = JSON.stringify(input);
  const response = await (type === "mutation" ? send(url, post(body)) : send(body === undefined ? url : `${url}?input=${encodeURIComponent(body)}`));
  return replyOf((await response.json()) as HttpAnswer);
}

function replyOf({ result, error, code = error?.data?.app, sentence = error?.message }: HttpAnswer): ApiReply {
  if (result !== undefined) return { ok: true, data: result.data };
  if (!isErrorCode(code)) throw new Error("No answer of Braid's.");
  return { ok: false, code, sentence: sentence ?? "" };
}

const post = (body: string | undefined): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  ...(body !== undefined && { body }),
});
