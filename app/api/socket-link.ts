import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { ApiCall, ApiReply } from "@/domain/realtime";
import type { AppRouter } from "@/server/api/router";

/** A call unanswered for so long has failed; whether it was done is not known, and makers' ids make it safe to repeat. Milliseconds. */
const PATIENCE = 15_000;
/** Characters of input. What is longer goes by HTTP: one great frame would hold up everything behind it, or close the socket. */
const MAX_INPUT = 100_000;

/** The part of the socket a call needs. */
export interface Caller {
  readonly connected: boolean;
  timeout(milliseconds: number): { emit(event: "call", call: ApiCall, answer: (error: Error | null, reply: ApiReply) => void): unknown };
}

/** Carries calls over the open socket. With the socket closed, or for a great input, the next link (HTTP) takes them. */
export function socketLink(caller: Caller): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      if (op.type === "subscription" || !caller.connected || isGreat(op.input)) return next(op);
      const call: ApiCall = { type: op.type, path: op.path, input: op.input };
      return observable((observer) => {
        let wanted = true;
        caller.timeout(PATIENCE).emit("call", call, (error, reply) => {
          if (!wanted) return;
          if (error) return observer.error(TRPCClientError.from(error));
          if (!reply.ok) return observer.error(refusal(reply));
          observer.next({ result: { type: "data", data: reply.data } });
          observer.complete();
        });
        return () => {
          wanted = false;
        };
      });
    };
}

/** The same error as HTTP gives, as far as callers look: `data.app` is our code, the message the sentence. */
const refusal = ({ code, sentence }: { code: string; sentence: string }): TRPCClientError<AppRouter> =>
  TRPCClientError.from({ error: { code: JSON_RPC_ERROR, message: sentence, data: { app: code } } });

/** JSON-RPC 2.0, 5.1: the first of the codes left to servers. tRPC wants a number; nobody reads it. */
const JSON_RPC_ERROR = -32_000;

const isGreat = (input: unknown): boolean => input !== undefined && JSON.stringify(input).length > MAX_INPUT;
