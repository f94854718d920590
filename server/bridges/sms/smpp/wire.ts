import { Socket } from "node:net";
import type { Timers } from "@/server/platform/timers";
import { SmppFailure } from "./failure";
import { FrameReader } from "./frame-reader";
import { type Account, openSocket } from "./link-options";

export interface WireOptions {
  readonly account: Account;
  readonly connectMs: number;
  readonly maxPdu: number;
  readonly timers: Timers;
  readonly onConnect: () => void;
  readonly onFrame: (frame: Buffer) => void;
  /** Once, whoever ends it. */
  readonly onEnd: (failure: SmppFailure) => void;
}

/** Bytes that a peer may leave unread, of answers to its own requests above all. */
const MAX_UNREAD = 1024 * 1024;

/** A socket that carries PDUs, and ends in one way only: `onEnd`, never an unhandled error. */
export class Wire {
  readonly #socket: Socket;
  readonly #frames: FrameReader;
  readonly #stopTimer: () => void;
  #ended = false;
  #corked = false;

  constructor(private readonly options: WireOptions) {
    const { account, connectMs, timers } = options;
    this.#frames = new FrameReader(options.maxPdu);
    this.#socket = this.#open();
    this.#socket.setNoDelay(true);
    this.#socket.once(account.tls ? "secureConnect" : "connect", () => this.#connected());
    this.#socket.on("data", (chunk) => this.#read(chunk));
    this.#socket.on("error", (error) => this.end(new SmppFailure("temporary", "connection-failed", `The connection failed: ${error.message}`)));
    this.#socket.on("close", () => this.end(new SmppFailure("temporary", "connection-lost", "The carrier closed the connection.")));
    this.#stopTimer = timers.after(connectMs, () => this.end(new SmppFailure("temporary", "no-connection", "The carrier could not be reached in time.")));
  }

  /** What is written in one turn of the event loop goes in one piece. */
  write(bytes: Buffer): void {
    if (this.#ended) return;
    if (this.#socket.writableLength > MAX_UNREAD) this.end(new SmppFailure("temporary", "does-not-read", "The carrier does not read what we send."));
    else this.#send(bytes);
  }

  /** Politely: what was written goes out first. `closed` is told as the reason. */
  finish(closed: SmppFailure): void {
    if (this.#ended) return;
    this.#uncork();
    const socket = this.#socket;
    this.#tell(closed);
    socket.end();
    // Only bytes that the peer has read are safe from a reset; one that does not read would keep the socket open for ever.
    const stop = this.options.timers.after(this.options.connectMs, () => socket.destroy());
    socket.once("close", stop);
  }

  end(failure: SmppFailure): void {
    if (this.#ended) return;
    this.#tell(failure);
    this.#socket.destroy();
  }

  /** Settings that Node does not accept (a port, a certificate) are thrown at once. */
  #open(): Socket {
    try {
      return openSocket(this.options.account);
    } catch (error) {
      setImmediate(() =>
        this.end(new SmppFailure("login", "invalid-account", `The settings of the carrier are wrong: ${error instanceof Error ? error.message : error}`)),
      );
      return new Socket();
    }
  }

  #tell(failure: SmppFailure): void {
    this.#ended = true;
    this.#stopTimer();
    this.options.onEnd(failure);
  }

  #connected(): void {
    this.#stopTimer();
    if (!this.#ended) this.options.onConnect();
  }

  #send(bytes: Buffer): void {
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      setImmediate(() => this.#uncork());
    }
    this.#socket.write(bytes);
  }

  #uncork(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#socket.uncork();
  }

  #read(chunk: Buffer): void {
    if (this.#ended) return;
    try {
      this.#frames.push(chunk, (frame) => this.#ended || this.options.onFrame(frame));
    } catch (error) {
      this.end(new SmppFailure("temporary", "not-smpp", `What the carrier sent is not SMPP: ${error instanceof Error ? error.message : error}.`));
    }
  }
}
