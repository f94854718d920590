import smpp, { type Fields, type Pdu, type Session } from "smpp";
import type { Smsc, Submitted } from "./smsc";

const STATUS = smpp.errors;
const BINDS = ["bind_transceiver", "bind_transmitter", "bind_receiver"];
const SECOND = 1000;

/** One connection to the simulated SMSC. */
export class Client {
  systemId?: string;
  bind?: string;
  #unanswered = 0;
  /** When messages were taken, for the limit of a second. */
  #takenAt: number[] = [];

  constructor(
    private readonly smsc: Smsc,
    readonly session: Session,
    private readonly connection: number,
  ) {
    session.socket.setNoDelay(true).setMaxListeners(0); // one for each message that waits for its answer
    session.on("error", () => session.destroy());
    session.on("close", () => this.systemId !== undefined && smsc.outbox(this.systemId).gone(session));
    session.on("pdu", (pdu: Pdu) => this.#heard(pdu));
  }

  #heard(pdu: Pdu): void {
    this.smsc.keep(this.smsc.heard, { connection: this.connection, pdu });
    if (BINDS.includes(pdu.command)) this.#bind(pdu);
    else if (pdu.command === "submit_sm") this.#submit(pdu);
    else if (pdu.command === "enquire_link") this.smsc.behaviour.enquire === "answers" && this.#answer(pdu);
    else if (pdu.command === "unbind") this.#unbind(pdu);
    else if (!pdu.command.endsWith("_resp") && pdu.command !== "generic_nack") this.#answer(pdu, { command_status: STATUS.ESME_RINVCMDID });
  }

  #bind(pdu: Pdu): void {
    const [systemId, password] = [String(pdu.system_id), String(pdu.password)];
    const status = this.smsc.behaviour.bind(systemId, password) ?? this.#account(systemId, password);
    if (status === "silent") return;
    this.#answer(pdu, { command_status: status, system_id: "smsc" });
    if (status === 0) this.#bound(systemId, pdu.command);
  }

  #bound(systemId: string, bind: string): void {
    this.systemId = systemId;
    this.bind = bind;
    if (bind !== "bind_transmitter") this.smsc.outbox(systemId).bound(this.session);
  }

  #account(systemId: string, password: string): number {
    const { accounts } = this.smsc.options;
    if (this.systemId !== undefined) return STATUS.ESME_RALYBND!;
    if (!Object.hasOwn(accounts, systemId)) return STATUS.ESME_RINVSYSID!;
    return accounts[systemId] === password ? 0 : STATUS.ESME_RINVPASWD!;
  }

  #unbind(pdu: Pdu): void {
    this.#answer(pdu);
    this.session.close();
  }

  #submit(pdu: Pdu): void {
    const { systemId, smsc } = this;
    if (systemId === undefined || this.bind === "bind_receiver") this.#answer(pdu, { command_status: STATUS.ESME_RINVBNDSTS });
    else this.#decide(pdu, { systemId, messageId: messageId(smsc.options.random, smsc.messages++), at: smsc.options.clock(), fields: { ...pdu } });
  }

  #decide(pdu: Pdu, sms: Submitted): void {
    const { smsc } = this;
    smsc.keep(smsc.submitted, sms);
    smsc.mostUnanswered = Math.max(smsc.mostUnanswered, ++this.#unanswered);
    const { status = this.#isTooMuch() ? STATUS.ESME_RTHROTTLED! : 0, afterMs = 0, drop, silent } = smsc.behaviour.submit(sms, smsc.options.random);
    const answer = () => this.#taken(pdu, sms, status, drop === "after");
    if (drop === "before") this.session.destroy();
    else if (afterMs > 0) smsc.options.timers.after(afterMs, answer);
    else if (!silent) answer();
  }

  #taken(pdu: Pdu, sms: Submitted, status: number, isLast: boolean): void {
    this.#unanswered--;
    sms.status = status;
    this.#answer(pdu, status === 0 ? { message_id: sms.messageId } : { command_status: status });
    if (status === 0) this.smsc.owe(sms);
    if (isLast) this.session.close();
  }

  #isTooMuch(): boolean {
    const { perSecond } = this.smsc.behaviour;
    if (perSecond === undefined) return false;
    const now = this.smsc.options.clock();
    this.#takenAt = this.#takenAt.filter((at) => now - at < SECOND);
    if (this.#takenAt.length >= perSecond) return true;
    this.#takenAt.push(now);
    return false;
  }

  #answer(pdu: Pdu, fields: Fields = {}): void {
    this.session.send(pdu.response(fields));
  }
}

/** As carriers do: unique, and not a number one could guess from. */
const messageId = (random: (bytes: number) => Uint8Array, count: number): string => `${count.toString(16)}${Buffer.from(random(4)).toString("hex")}`;
