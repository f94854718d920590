import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import smpp, { type Fields, type Pdu, type Session } from "smpp";
import type { Clock, Random } from "@/domain/id";
// The package's text filters are off in the whole process; so here too bytes stay bytes.
import "@/server/bridges/sms/smpp/pdu";
import type { Timers } from "@/server/platform/timers";
import { type Behaviour, goodBehaviour } from "./behaviour";
import { Client } from "./client";
import { Outbox } from "./outbox";
import { receiptFor } from "./receipt";

export interface SmscOptions {
  /** Passwords by system_id. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly behaviour?: Partial<Behaviour>;
  /** PEM; TLS from the first byte. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** How much of what came is kept to look at; all when left out. */
  readonly remember?: number;
  /** 0 takes a free one. */
  readonly port?: number;
}

/** A submit_sm that came, with its fields by the names of SMPP 3.4, 4.4.1. */
export interface Submitted {
  readonly systemId: string;
  readonly messageId: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly fields: Fields;
  /** What was answered; undefined when nothing was. */
  status?: number;
}

/** Everything that came, in order. */
export interface Heard {
  readonly connection: number;
  readonly pdu: Pdu;
}

/** A text from a phone, encoded; several parts are sent with headers that say so. */
export interface FromPhone {
  readonly from: string;
  readonly to: string;
  readonly parts: readonly Uint8Array[];
  readonly dataCoding?: number;
  /** Of the parts; by chance when it is left out. */
  readonly reference?: number;
}

/** A carrier's SMSC, simulated: SMPP 3.4 over TCP on 127.0.0.1, for tests and the demo. What it does is in `behaviour`. */
export class Smsc {
  readonly behaviour: Behaviour;
  readonly heard: Heard[] = [];
  readonly submitted: Submitted[] = [];
  /** Answers to what it delivered. */
  readonly acknowledged: { readonly fields: Fields; readonly status: number }[] = [];
  readonly clients = new Set<Client>();
  /** submit_sm of one connection without an answer at once: the most there ever were. */
  mostUnanswered = 0;
  connections = 0;
  messages = 0;
  readonly #outboxes = new Map<string, Outbox>();
  readonly #server: Server;

  private constructor(readonly options: SmscOptions) {
    this.behaviour = { ...goodBehaviour(), ...options.behaviour };
    this.#server = smpp.createServer(options.tls ?? {}, (session) => this.#connected(session));
  }

  static async start(options: SmscOptions): Promise<Smsc> {
    const smsc = new Smsc(options);
    smsc.#server.listen(options.port ?? 0, "127.0.0.1");
    await once(smsc.#server, "listening");
    return smsc;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Of those that were taken, in order. */
  get taken(): Submitted[] {
    return this.submitted.filter(({ status }) => status === 0);
  }

  /** Sends a text from a phone to an account. Resolves when all its parts are acknowledged. */
  async phone(systemId: string, text: FromPhone): Promise<void> {
    const { from, to, parts, dataCoding = 0, reference = this.options.random(1)[0]! } = text;
    const isLong = parts.length > 1;
    const headerOf = (i: number) => (isLong ? [5, 0, 3, reference, parts.length, i + 1] : []);
    const address = { source_addr_ton: 1, source_addr_npi: 1, source_addr: from, dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: to };
    const messages = parts.map((part, i) => Buffer.from([...headerOf(i), ...part]));
    const base = { ...address, data_coding: dataCoding, esm_class: isLong ? 0x40 : 0 };
    await Promise.all(messages.map((short_message) => this.deliver(systemId, { ...base, short_message })));
  }

  /** Sends any deliver_sm, by SMPP's names. */
  deliver(systemId: string, fields: Fields): Promise<void> {
    return this.outbox(systemId).deliver(fields);
  }

  outbox(systemId: string): Outbox {
    const known = this.#outboxes.get(systemId);
    if (known) return known;
    const onAck = (fields: Fields, status: number) => this.keep(this.acknowledged, { fields, status });
    const outbox = new Outbox(this.options.timers, () => this.behaviour.repeatMs, onAck);
    this.#outboxes.set(systemId, outbox);
    return outbox;
  }

  /** After a message was taken: its receipt, when it asked for one. */
  owe(sms: Submitted): void {
    const asked = (Number(sms.fields.registered_delivery) & 0x03) !== 0;
    const receipt = asked ? this.behaviour.receipt(sms, this.options.random) : undefined;
    if (!receipt) return;
    const { timers, clock } = this.options;
    timers.after(receipt.afterMs, () => void this.deliver(sms.systemId, receiptFor(sms, receipt.outcome, clock())));
  }

  keep<T>(list: T[], one: T): void {
    if (list.push(one) > (this.options.remember ?? Number.POSITIVE_INFINITY)) list.shift();
  }

  /** Breaks every connection, without a word. */
  kill(): void {
    for (const { session } of this.clients) session.destroy();
  }

  async close(): Promise<void> {
    this.kill();
    this.#server.close();
    await once(this.#server, "close");
  }

  #connected(session: Session): void {
    const client = new Client(this, session, ++this.connections);
    this.clients.add(client);
    session.on("close", () => this.clients.delete(client));
  }
}
