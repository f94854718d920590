import { createTRPCClient, httpBatchLink, type TRPCLink } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";
import { tap } from "@trpc/server/observable";
import type { AppRouter } from "@/server/api/router";
import { failureOf, isSignedOut } from "./failure";
import { leaveForSignIn } from "./sign-in";
import { openSocket } from "./socket";
import { socketLink } from "./socket-link";

export type Answers = inferRouterOutputs<AppRouter>;

/** Whoever is no longer signed in is sent to sign in, whichever call found out and whichever way it went. */
const signInLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next(op).pipe(
      tap({
        error(error) {
          const failure = failureOf(error);
          if (failure !== undefined && isSignedOut(failure)) leaveForSignIn();
        },
      }),
    );

/** The page's socket. The inbox connects it; elsewhere it stays closed and calls go by HTTP. */
export const socket = openSocket();

/** The API, typed by the server's router: over the socket while it is open, by HTTP otherwise. */
export const api = createTRPCClient<AppRouter>({ links: [signInLink, socketLink(socket), httpBatchLink({ url: "/api/trpc" })] });
