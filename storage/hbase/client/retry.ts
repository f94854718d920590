import { sleep } from "../clock";
import type { Connection } from "../connection/connection";
import type { Pool } from "../connection/pool";
import { HBaseError } from "../errors";
import type { Locator } from "../locator/locator";
import type { Region } from "../locator/region";
import type { Bytes } from "../wire/bytes";
import type { Service } from "../wire/methods";
import type { Settings } from "./options";

/** One thing that a caller wants of one row. */
export interface Operation {
  readonly table: string;
  readonly row: Bytes;
  /** The region before the row is meant (a reversed scan). */
  readonly before?: boolean;
  readonly service?: Service;
  /** One for everything: look-ups, queues, retries. By the client's clock. */
  readonly deadline: number;
  /** `read` changes nothing. `safe` may run twice. `once` must not: an unknown outcome goes to the caller. */
  readonly repeat: "read" | "safe" | "once";
  /** An earlier try whose outcome is unknown. */
  unsure?: HBaseError;
}

export interface Target {
  readonly region: Region;
  readonly connection: Connection;
}

/** Milliseconds. */
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 400;
const OVERLOADED_PAUSE = 100;

/** Finds the region, tries, and tries again as long as that can help and there is time. */
export class Retry {
  calls = 0;
  retries = 0;
  /** Operations under way, wherever they wait. */
  active = 0;

  constructor(
    private readonly locator: Locator,
    private readonly pool: Pool,
    private readonly settings: Settings,
  ) {}

  deadline(timeout = this.settings.timeout): number {
    return this.settings.clock.now() + timeout;
  }

  passed(deadline: number): boolean {
    return this.settings.clock.now() >= deadline;
  }

  async run<T>(operation: Operation, attempt: (target: Target) => Promise<T>): Promise<T> {
    if (this.active >= this.settings.calls) throw new HBaseError("overloaded", "ClientOverloaded", `${this.settings.calls} calls are under way already`);
    this.active++;
    this.calls++;
    try {
      for (let tries = 0; ; tries++) {
        let region: Region | undefined;
        try {
          const { table, row, before = false, service = "ClientService", deadline } = operation;
          region = this.locator.known(table, row, before) ?? (await this.locator.locate(table, row, before, deadline));
          return await attempt({ region, connection: this.pool.connection(service, region) });
        } catch (error) {
          await this.pause(this.worthRetrying(error, operation, region), tries, operation);
        }
      }
    } finally {
      this.active--;
    }
  }

  /** The error, if another try may help; else throws what the caller is to know. */
  private worthRetrying(error: unknown, operation: Operation, region: Region | undefined): HBaseError {
    if (!(error instanceof HBaseError)) throw error;
    if (region && doubtful(error)) this.locator.doubt(region, SERVER_GONE.has(error.type));
    if (error.type === "AnswerTooLarge" && operation.repeat === "read") throw new HBaseError("refused", error.type, error.message, { cause: error });
    if (error.kind === "unknown-outcome" && operation.repeat === "once") throw error;
    if (error.kind === "unknown-outcome" && operation.repeat === "safe") operation.unsure = error;
    if (!RETRIED.has(error.kind)) throw settled(error, operation);
    return error;
  }

  private async pause(error: HBaseError, tries: number, operation: Operation): Promise<void> {
    const { clock, random } = this.settings;
    const longest = Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE);
    const ms = error.type === "MultiActionResultTooLarge" ? 0 : (error.serverOverloaded ? OVERLOADED_PAUSE + longest : longest) * (0.5 + random());
    if (clock.now() + ms >= operation.deadline) throw settled(late(error), operation);
    this.retries++;
    if (ms > 0) await sleep(clock, ms);
  }
}

const RETRIED: ReadonlySet<string> = new Set(["moved", "busy", "unknown-outcome"]);
const SERVER_GONE: ReadonlySet<string> = new Set(["ConnectFailed", "ConnectionLost", "RegionServerStoppedException", "RegionServerAbortedException"]);

/** Whether the failure says that the region may be elsewhere by now. */
const doubtful = ({ kind, type }: HBaseError): boolean => kind === "moved" || type === "ConnectionLost" || type === "CallTimeout";

const late = (error: HBaseError): HBaseError =>
  new HBaseError("deadline", "DeadlineExceeded", `time ran out; the last failure was ${error.message}`, { cause: error });

/** When an earlier try may have run, the outcome stays unknown whatever came after it. */
function settled(error: HBaseError, { unsure }: Operation): HBaseError {
  if (!unsure || error === unsure) return error;
  return new HBaseError("unknown-outcome", unsure.type, `${unsure.message}; and then: ${error.message}`, { cause: error });
}
