import type { Core } from "../client/core";
import { newNonce } from "../client/mutations";
import { sleep } from "../clock";
import { HBaseError } from "../errors";
import type { ProcId } from "../wire/messages";
import { type Method, Master as Methods } from "../wire/methods";
import type { Spec, Values } from "../wire/protobuf";

/** Milliseconds. */
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 1000;
/** That a master has for an answer: one that hangs may have been replaced. */
const PATIENCE = 30_000;
const FINISHED = 2;
const RUNNING = 1;

/** Calls to the active master, wherever it is just now. */
export class Master {
  constructor(
    private readonly core: Core,
    private readonly timeout: number,
  ) {}

  deadline(): number {
    return this.core.retry.deadline(this.timeout);
  }

  /** `safe`: it may be sent again when it is unknown whether it was run. */
  async call<I extends Spec, O extends Spec>(method: Method<I, O>, request: Values<I>, safe: boolean, deadline = this.deadline()): Promise<Values<O>> {
    const { clock, random } = this.core.settings;
    for (let tries = 0; ; tries++) {
      try {
        const master = await this.core.registry.activeMaster(deadline);
        const connection = this.core.pool.connection(method.service, master);
        return (await connection.call(method, request, { deadline, answerWithin: PATIENCE })).body;
      } catch (error) {
        if (!worthRetrying(error, safe)) throw error;
        const pause = Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE) * (0.5 + random());
        if (clock.now() + pause >= deadline) throw late(error, safe);
        await sleep(clock, pause);
      }
    }
  }

  /** Starts a procedure of the master and waits for its end. A nonce lets the master know a request that is sent again. */
  async procedure<I extends Spec>(method: Method<I, (typeof ProcId)["spec"]>, request: Values<I>): Promise<void> {
    const deadline = this.deadline();
    const { proc_id } = await this.call(method, { ...request, nonce_group: this.core.nonceGroup, nonce: newNonce() }, true, deadline);
    if (proc_id === undefined || proc_id < 0) return;
    for (let polls = 0; await this.running(proc_id, deadline); polls++) {
      await sleep(this.core.settings.clock, Math.min(10 * 1.5 ** polls, 500));
    }
  }

  private async running(proc_id: number, deadline: number): Promise<boolean> {
    const { state, exception } = await this.call(Methods.procedureResult, { proc_id }, true, deadline);
    const failure = exception?.generic_exception;
    if (state === FINISHED && failure) throw new HBaseError("refused", (failure.class_name ?? "").replace(/^.*[.$]/, ""), failure.message ?? "");
    return state === RUNNING; // neither: done, and forgotten
  }
}

function worthRetrying(error: unknown, safe: boolean): error is HBaseError {
  if (!(error instanceof HBaseError)) return false;
  return error.kind === "moved" || error.kind === "busy" || (error.kind === "unknown-outcome" && safe);
}

const late = (error: HBaseError, safe: boolean): HBaseError => {
  const kind = safe && error.kind === "unknown-outcome" ? "unknown-outcome" : "deadline";
  return new HBaseError(kind, "DeadlineExceeded", `time ran out; the last failure was ${error.message}`, { cause: error });
};
