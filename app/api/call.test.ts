import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { expect, test } from "vitest";
import { AppError } from "@/domain/error";
import type { ApiCall, ApiReply } from "@/domain/realtime";
import { appRouter } from "@/server/api/router";
import type { Services } from "@/server/api/services";
import type { Context } from "@/server/api/trpc";
import { answerCall } from "@/server/realtime/calls";
import { callBy } from "./call";
import { failureOf } from "./failure";
import { overHttp } from "./over-http";
import type { Caller } from "./over-socket";
import { typedApi } from "./typed-api";

const read = async (_user: string, _threadId: string, upTo: string) => {
  if (upTo.endsWith("9")) throw new AppError("store/overloaded");
  if (upTo.endsWith("8")) throw new AppError("account/expired");
  return { seq: 7 };
};
const services = { acts: { read }, people: { me: async () => ({ id: "me" }) } } as unknown as Services;
const ctx: Context = { services, session: { userId: "me", role: "member" }, caller: "192.0.2.1" };
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
  const left = { times: 0 };
  /** Set to answer by HTTP in tRPC's place. */
  const http: { page?: Response } = {};
  const send = async (url: RequestInfo | URL, init?: RequestInit) => {
    requests.push(String(url));
    const req = new Request(new URL(String(url), "http://braid.test"), init);
    return http.page ?? fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, createContext: () => ctx });
  };
  const call = callBy({ socket, http: (asked) => overHttp(asked, send), signedOut: () => void left.times++ });
  return { socket, requests, left, http, api: typedApi(call) };
}
const failure = (call: Promise<unknown>) => call.then(() => "no failure", failureOf);

test("calls go over the open socket, and by HTTP without it, with the same answers", async () => {
  const { socket, requests, api } = clients();
  expect([await api.thread.read.mutate(input("1")), await api.account.me.query()]).toEqual([{ seq: 7 }, { id: "me" }]);
  expect([socket.calls.length, requests.length]).toEqual([2, 0]);
  socket.connected = false;
  expect([await api.thread.read.mutate(input("1")), await api.account.me.query()]).toEqual([{ seq: 7 }, { id: "me" }]);
  expect([socket.calls.length, requests.length]).toEqual([2, 2]);
});

test("a refusal has the same code and sentence either way", async () => {
  const { socket, requests, api } = clients();
  const refused = () =>
    Promise.all([
      failure(api.thread.read.mutate(input("9"))),
      failure(api.thread.read.mutate({ ...input("1"), upTo: "no id" })),
      failure(api.thread.get.query({ threadId: "é?&" })),
    ]);
  const overTheSocket = await refused();
  socket.connected = false;
  expect(await refused()).toEqual(overTheSocket);
  expect(overTheSocket).toMatchObject([{ code: "store/overloaded" }, { code: "request/invalid" }, { code: "request/invalid" }]);
  expect(requests.length).toBe(3);
});

test("an answer that does not come is no refusal", async () => {
  const { socket, http, api } = clients();
  socket.lost = new Error("socket has been disconnected");
  expect(await failure(api.thread.read.mutate(input("1")))).toBeUndefined();
  socket.connected = false;
  for (const page of [new Response("<h1>Bad gateway</h1>", { status: 502 }), Response.json({ error: "teapot" }), Response.json({ code: "no code of ours" })]) {
    http.page = page;
    expect(await failure(api.thread.read.mutate(input("1")))).toBeUndefined();
  }
});

test("what the door itself refuses is a refusal too", async () => {
  const { socket, http, api } = clients();
  socket.connected = false;
  http.page = Response.json({ code: "request/too-many", sentence: "Wait." }, { status: 429 });
  expect(await failure(api.account.me.query())).toEqual({ code: "request/too-many", sentence: "Wait." });
});

test("whichever way finds out that the session is over says so", async () => {
  const { socket, left, api } = clients();
  await failure(api.thread.read.mutate(input("8")));
  socket.connected = false;
  await failure(api.thread.read.mutate(input("8")));
  await failure(api.thread.read.mutate(input("9")));
  expect(left.times).toBe(2);
});

test("a great input goes by HTTP, so that it does not hold up what comes behind it", async () => {
  const { socket, requests, api } = clients();
  await failure(api.message.send.mutate({ threadId: id("1"), clientId: "maker-0001", text: "x".repeat(150_000) }));
  expect([socket.calls.length, requests.length]).toEqual([0, 1]);
});
