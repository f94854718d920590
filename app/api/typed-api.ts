import type { TRPCClient } from "@trpc/client";
import type { ApiCall } from "@/domain/realtime";
import type { AppRouter } from "@/server/api/router";

/** What the inbox calls: tRPC's own client by its type. By its code it would be 5 KB of links and observables that one way to call does not need. */
export type Api = TRPCClient<AppRouter>;

/** `api.thread.read.mutate(input)` becomes the call `{type: "mutation", path: "thread.read", input}`. */
export const typedApi = (call: (call: ApiCall) => Promise<unknown>): Api => step([], call) as unknown as Api;

function step(path: readonly string[], call: (call: ApiCall) => Promise<unknown>): object {
  return new Proxy(() => {}, {
    get: (_, name) => (typeof name === "string" && name !== "then" ? step([...path, name], call) : undefined), // a promise it is not
    apply: (_, __, [input]: [unknown]) => call({ type: path.at(-1) === "mutate" ? "mutation" : "query", path: path.slice(0, -1).join("."), input }),
  });
}
