import { AppError } from "@/domain/error";
import type { ApiCall, ApiReply } from "@/domain/realtime";
import { isSignedOut } from "./failure";
import { type Caller, carries, overSocket } from "./over-socket";

interface Ways {
  readonly socket: Caller;
  readonly http: (call: ApiCall) => Promise<ApiReply>;
  /** Told when the session turns out to be over, whichever call found out and whichever way it went. */
  readonly signedOut: () => void;
}

/** Calls over the socket while it is open, by HTTP otherwise. A refusal is thrown as AppError; anything else thrown means that no answer came. */
export const callBy =
  ({ socket, http, signedOut }: Ways) =>
  async (call: ApiCall): Promise<unknown> => {
    const reply = await (carries(socket, call) ? overSocket(socket, call) : http(call));
    if (reply.ok) return reply.data;
    if (isSignedOut(reply)) signedOut();
    throw new AppError(reply.code, reply.sentence);
  };
