import type { Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { SMTPConnection } from "smtp-server/lib/smtp-connection.js";
import { callerOf } from "@/server/platform/client-address";
import type { Timers } from "@/server/platform/timers";
import type { DoorLimits } from "./limits";
import { reply, type SmtpReply } from "./replies";

export interface DoorServerHooks {
  readonly limits: DoorLimits;
  readonly timers: Timers;
  readonly refused: (line: string, ip: string) => void;
}

const ENHANCED = /^[245]\.\d{1,3}\.\d{1,3} /;

/** smtp-server 3.21.6 with what it lacks: a count of connections per address, an end to each, and answers for clients that half-close. */
export class DoorServer extends SMTPServer {
  readonly #hooks: DoorServerHooks;
  readonly #perCaller = new Map<string, number>();

  constructor(options: SMTPServerOptions, hooks: DoorServerHooks) {
    super({ ...options, allowHalfOpen: true });
    this.#hooks = hooks;
  }

  override connect(socket: Socket): void {
    const ip = socket.remoteAddress ?? "";
    const { limits, refused } = this.#hooks;
    const caller = callerOf(ip);
    const count = (this.#perCaller.get(caller) ?? 0) + 1;
    if (count > limits.connectionsPerIp || this.connections.size >= limits.connections) {
      refused(turnAway(socket, reply.tooManyConnections()), ip);
      return;
    }
    this.#perCaller.set(caller, count);
    socket.once("close", () => this.#left(caller));
    const connection = new DoorConnection(this, socket, this.#hooks);
    this.connections.add(connection);
    connection.on("error", (error) => this.emit("error", error));
    connection.init();
  }

  #left(caller: string): void {
    const count = (this.#perCaller.get(caller) ?? 1) - 1;
    if (count === 0) this.#perCaller.delete(caller);
    else this.#perCaller.set(caller, count);
  }
}

/** Says why and hangs up, without spending a session on it. */
function turnAway(socket: Socket, { responseCode, message }: SmtpReply): string {
  const line = `${responseCode} ${message}`;
  socket.on("error", () => {});
  socket.setTimeout(1_000, () => socket.destroy());
  socket.resume();
  socket.end(`${line}\r\n`);
  return line;
}

export class DoorConnection extends SMTPConnection {
  readonly #hooks: DoorServerHooks;

  constructor(server: DoorServer, socket: Socket, hooks: DoorServerHooks) {
    super(server, socket);
    this.#hooks = hooks;
    answerAfterFin(socket);
    if (this._parser) this._parser.once("finish", () => this.#inputEnded());
    this.#endAfter(hooks.limits.sessionMs);
  }

  /** Our own replies carry their enhanced code; the library adds one to its own. */
  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const line = typeof data === "string" ? data : "";
    if (code >= 400) this.#hooks.refused(`${code} ${line}`, this.remoteAddress);
    super.send(code, data, ENHANCED.test(line) ? false : context);
  }

  /** Refuses and hangs up at once, for a client that would go on sending. */
  dismiss({ responseCode, message }: SmtpReply): void {
    this.send(responseCode, message);
    this.close();
  }

  /** The client has shut down its side and everything it sent is dealt with: what is left half is lost, what was whole is answered. */
  #inputEnded(): void {
    if (this._dataStream) this._socket.destroy();
    else this.close();
  }

  #endAfter(ms: number): void {
    const cancel = this.#hooks.timers.after(ms, () => {
      // A mail under way has its own limit; ending it now would make its sender repeat what may be stored already.
      if (this._dataStream) this.#endAfter(this.#hooks.limits.idleMs);
      else this.dismiss(reply.sessionTooLong());
    });
    this._socket.once("close", cancel);
  }
}

/**
 * Exim shuts down its side of the connection after the final dot. Node then calls the socket "writeOnly", and smtp-server writes only to
 * sockets that are "open": the 250 was never sent and Exim repeated the mail for ever.
 */
function answerAfterFin(socket: Socket): void {
  Object.defineProperty(socket, "readyState", { get: () => (socket.destroyed ? "closed" : socket.writable ? "open" : "readOnly") });
}
