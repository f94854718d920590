import { Inbound, type Receive } from "./inbound";
import { type IncomingSm, incomingOf } from "./incoming";
import { commandId, decodePdu, encodePdu, headerOf } from "./pdu";
import { statusOf } from "./status";

export interface RequestsOptions {
  readonly receive: Receive;
  readonly atOnce: number;
  readonly mayWait: number;
  readonly write: (pdu: Buffer) => void;
  /** Messages are welcome now; otherwise the carrier is asked to keep them. */
  readonly isOpen: () => boolean;
  /** The carrier says goodbye, and has been answered. */
  readonly onUnbind: () => void;
}

const [TRY_AGAIN, NEVER, UNKNOWN] = ["ESME_RX_T_APPN", "ESME_RX_P_APPN", "ESME_RINVCMDID"].map(statusOf);
const NAMES = new Map(
  ["enquire_link", "unbind", "deliver_sm", "data_sm", "outbind", "alert_notification"].map((command) => [commandId(command), command] as const),
);

/** What a carrier asks of us on one link. A message is answered only when it is kept. */
export class Requests {
  readonly #inbound: Inbound;

  constructor(private readonly options: RequestsOptions) {
    this.#inbound = new Inbound(options.receive, options.atOnce, options.mayWait);
  }

  take(frame: Buffer): void {
    const { id, sequence } = headerOf(frame);
    switch (NAMES.get(id)) {
      case "enquire_link":
        this.#answer("enquire_link_resp", sequence);
        break;
      case "unbind":
        this.#answer("unbind_resp", sequence);
        this.options.onUnbind();
        break;
      case "deliver_sm":
        this.#message("deliver_sm_resp", sequence, frame);
        break;
      case "data_sm":
        this.#message("data_sm_resp", sequence, frame);
        break;
      case "outbind":
      case "alert_notification":
        break; // these have no answer (SMPP 3.4, 4.1.7 and 4.12)
      default:
        this.#answer("generic_nack", sequence, UNKNOWN);
    }
  }

  /** When all that is handled has its answer. */
  idle(): Promise<void> {
    return this.#inbound.idle();
  }

  /** What waits is not begun any more: the carrier was not told, so it keeps it. */
  drop(): void {
    this.#inbound.drop();
  }

  #message(command: string, sequence: number, frame: Buffer): void {
    const sms = this.options.isOpen() ? read(frame) : "closed";
    if (sms === "closed") this.#answer(command, sequence, TRY_AGAIN);
    // It would be as unreadable the next time.
    else if (sms === undefined) this.#answer(command, sequence, NEVER);
    else this.#inbound.take(sms, (kept) => this.#answer(command, sequence, kept ? 0 : TRY_AGAIN));
  }

  #answer(command: string, sequence_number: number, command_status = 0): void {
    this.options.write(encodePdu(command, { sequence_number, command_status }));
  }
}

function read(frame: Buffer): IncomingSm | undefined {
  try {
    return incomingOf(decodePdu(frame));
  } catch {
    return undefined;
  }
}
