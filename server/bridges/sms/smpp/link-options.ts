import { connect as connectPlain, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import type { Timers } from "@/server/platform/timers";
import type { Receive } from "./inbound";

export type BindKind = "transceiver" | "transmitter" | "receiver";

/** A carrier's SMPP server and our account there. */
export interface Account {
  readonly host: string;
  readonly port: number;
  /** At most 15 characters. */
  readonly systemId: string;
  /** At most 8 characters, says SMPP; some carriers give longer ones. */
  readonly password: string;
  readonly systemType?: string;
  /** Numbers whose messages we want, as an expression of the carrier's; most want it empty. */
  readonly addressRange?: string;
  /** TLS from the first byte; the certificate is checked unless this says otherwise. */
  readonly tls?: ConnectionOptions;
}

/** Milliseconds, and numbers of things. */
export interface LinkLimits {
  /** submit_sm without an answer at once. */
  readonly window: number;
  /** TCP and TLS, then the bind. */
  readonly connectMs: number;
  readonly bindMs: number;
  /** For an answer to submit_sm or enquire_link. */
  readonly answerMs: number;
  /** From one enquire_link to the next. */
  readonly enquireMs: number;
  /** For the rest of the window and the unbind, when closing. */
  readonly closeMs: number;
  /** Incoming messages handled at once, and waiting for that; the carrier keeps the others. */
  readonly incoming: number;
  readonly incomingWaiting: number;
  /** Bytes; the package reads no PDU above 16,384. */
  readonly maxPdu: number;
}

export const LINK_LIMITS: LinkLimits = {
  window: 10,
  connectMs: 10_000,
  bindMs: 10_000,
  answerMs: 30_000,
  enquireMs: 30_000,
  closeMs: 10_000,
  incoming: 10,
  incomingWaiting: 40,
  maxPdu: 16_384,
};

export interface LinkOptions {
  readonly account: Account;
  readonly kind: BindKind;
  readonly limits: LinkLimits;
  readonly timers: Timers;
  readonly receive: Receive;
  /** A place in the window is free. */
  readonly onRoom?: () => void;
}

export function openSocket({ host, port, tls }: Account): Socket {
  return tls ? connectTls({ host, port, servername: /[a-z]/i.test(host) && !host.includes(":") ? host : undefined, ...tls }) : connectPlain({ host, port });
}
