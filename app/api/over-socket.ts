import type { ApiCall, ApiReply } from "@/domain/realtime";

/** A call unanswered for so long has failed; whether it was done is not known, and makers' ids make it safe to repeat. Milliseconds. */
const PATIENCE = 15_000;
/** Characters of input. What is longer goes by HTTP: one great frame would hold up everything behind it, or close the socket. */
const MAX_INPUT = 100_000;

/** The part of the socket a call needs. */
export interface Caller {
  readonly connected: boolean;
  timeout(milliseconds: number): { emit(event: "call", call: ApiCall, answer: (error: Error | null, reply: ApiReply) => void): unknown };
}

/** Whether the open socket can carry this call. */
export const carries = (caller: Caller, { input }: ApiCall): boolean => caller.connected && (input === undefined || JSON.stringify(input).length <= MAX_INPUT);

/** Rejects when no answer comes; a refusal is an answer. */
export const overSocket = (caller: Caller, call: ApiCall): Promise<ApiReply> =>
  new Promise((resolve, reject) => {
    caller.timeout(PATIENCE).emit("call", call, (error, reply) => (error ? reject(error) : resolve(reply)));
  });
