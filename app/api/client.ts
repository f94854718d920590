import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/router";
import { callBy } from "./call";
import { overHttp } from "./over-http";
import { leaveForSignIn } from "./sign-in";
import { openSocket } from "./socket";
import { typedApi } from "./typed-api";

export type Answers = inferRouterOutputs<AppRouter>;

/** The page's socket. The inbox connects it; elsewhere it stays closed and calls go by HTTP. */
export const socket = openSocket();

/** The API, typed by the server's router: over the socket while it is open, by HTTP otherwise. */
export const api = typedApi(callBy({ socket, http: overHttp, signedOut: leaveForSignIn }));
