import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { expect, test } from "vitest";
import { AppError } from "@/domain/error";
import type { ApiCall, ApiReply } from "@/domain/realtime";
import { type AppRouter, appRouter } from "@/server/api/router";
import type { Services } from "@/server/api/services";
import type { Context } from "@/server/api/trpc";
import { answerCall } from "@/server/realtime/calls";
import { failureOf } from "./failure";
import { type Caller, socketLink } from "./socket-link";

const read = async (_user: string, _threadId: string, upTo: string) => {
  if (upTo.endsWith("9")) throw new AppError("store/overloaded");
  return { seq: 7 };
};
const ctx: Context = { services: { acts: { read } } as unknown as Services, session: { userId: "me", role: "member" } };
const id = (end: string) => end.padStart(26, "0");
const input = (end: string) => ({ threadId: id("1"), maker: "maker-0001", upTo: id(end) });

/** A socket whose other end answers as server/realtime does. */
class Socket implements Caller {
  connected = true;
  readonly calls: ApiCall[] = [];
  lost?: Error;

  timeout() {
    return { emit: (_event: "call", call: ApiCall, answer: (error: Error | null, reply: ApiReply) => void) => void this.#answer(call, answer) };
  }

  async #answer(call: ApiCall, answer: (error: Error | null, reply: ApiReply) => void) {
    this.calls.push(call);
    if (this.lost) return answer(this.lost, undefined as never);
    answer(null, await answerCall(call, ctx, () => {}));
  }
}

function clients() {
  const socket = new Socket();
  const requests: string[] = [];
  const fetch = (url: RequestInfo | URL | string, init?: RequestInit) => {
    requests.push(String(url));
    return fetchRequestHandler({ endpoint: "/api/trpc", req: new Request(url as string, init), router: appRouter, createContext: () => ctx });
  };
  const http = httpBatchLink({ url: "http://braid.test/api/trpc", fetch: fetch as never });
  const api = createTRPCClient<AppRouter>({ links: [socketLink(socket), http] });
  return { socket, requests, api };
}
const failure = (call: Promise<unknown>) => call.then(() => "no failure", failureOf);

test("calls go over the open socket, and by HTTP without it, with the same answers", async () => {
  const { socket, requests, api } = clients();
  expect(await api.thread.read.mutate(input("1"))).toEqual({ seq: 7 });
  expect([socket.calls.length, requests.length]).toEqual([1, 0]);
  socket.connected = false;
  expect(await api.thread.read.mutate(input("1"))).toEqual({ seq: 7 });
  expect([socket.calls.length, requests.length]).toEqual([1, 1]);
});

test("a refusal has the same code and sentence either way", async () => {
  const { socket, api } = clients();
  const overloaded = await failure(api.thread.read.mutate(input("9")));
  const invalid = await failure(api.thread.read.mutate({ ...input("1"), upTo: "no id" }));
  socket.connected = false;
  expect(await failure(api.thread.read.mutate(input("9")))).toEqual(overloaded);
  expect(await failure(api.thread.read.mutate({ ...input("1"), upTo: "no id" }))).toEqual(invalid);
  expect([overloaded, invalid]).toMatchObject([{ code: "store/overloaded" }, { code: "request/invalid" }]);
});

test("an answer that does not come is no refusal", async () => {
  const { socket, api } = clients();
  socket.lost = new Error("socket has been disconnected");
  expect(await failure(api.thread.read.mutate(input("1")))).toBeUndefined();
});

test("a great input goes by HTTP, so that it does not hold up what comes behind it", async () => {
  const { socket, requests, api } = clients();
  await failure(api.message.send.mutate({ threadId: id("1"), clientId: "maker-0001", text: "x".repeat(150_000) }));
  expect([socket.calls.length, requests.length]).toEqual([0, 1]);
});
