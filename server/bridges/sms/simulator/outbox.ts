import smpp, { type Fields, type Pdu, type Session } from "smpp";
import type { Timers } from "@/server/platform/timers";

interface Owed {
  readonly fields: Fields;
  readonly done: () => void;
}

/** What an account is owed, messages and receipts: sent to a connection that receives, and again until it is acknowledged. */
export class Outbox {
  readonly #owed: Owed[] = [];
  readonly #receivers = new Set<Session>();

  constructor(
    private readonly timers: Timers,
    private readonly repeatMs: () => number,
    private readonly onAck: (fields: Fields, status: number) => void,
  ) {}

  /** Resolves when it is acknowledged, or refused for good. */
  deliver(fields: Fields): Promise<void> {
    return new Promise((done) => this.#send({ fields, done }));
  }

  bound(session: Session): void {
    this.#receivers.add(session);
    for (const one of this.#owed.splice(0)) this.#send(one);
  }

  gone(session: Session): void {
    this.#receivers.delete(session);
  }

  #send(one: Owed): void {
    const [session] = this.#receivers;
    let isOpen = true;
    const again = () => {
      if (isOpen) this.timers.after(this.repeatMs(), () => this.#send(one));
      isOpen = false;
    };
    const sent = session?.send(new smpp.PDU("deliver_sm", one.fields), (answer: Pdu) => {
      session.socket.off("close", again);
      this.onAck(one.fields, answer.command_status);
      if (answer.command_status === smpp.errors.ESME_RX_T_APPN) again();
      else if (isOpen) one.done();
      isOpen = false;
    });
    if (sent) session?.socket.once("close", again);
    else this.#owed.push(one);
  }
}
