import type { OnReadOpts, Socket } from "node:net";
import type { Clock } from "../clock";
import type { Rest } from "./rest";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** As `connect` of node:net and node:tls takes it. What is read goes to `onread`, or, of a socket that was made without that, to its listeners. */
export interface ConnectTo extends Address {
  readonly onread: OnReadOpts;
}

export interface ChannelUser {
  readonly ready: () => void;
  /** Answers whether what came ends with the end of a frame. */
  readonly received: (chunk: Buffer) => boolean;
  /** There is room again. */
  readonly drained: () => void;
  readonly ended: (reason: string) => void;
  /** Calls that wait for an answer now. */
  readonly inFlight: () => number;
}

/** Bytes that Node holds for a slow socket, above which calls wait in the (bounded) queue instead. */
const MAX_BUFFERED = 16 * 1024 * 1024;
/** Bytes read at once. */
const READ = 64 * 1024;

/** A socket: what is written in one turn of the event loop leaves in one write, and what comes while many wait is read together. */
export class Channel {
  private readonly socket: Socket;
  private corked = false;
  private turn?: NodeJS.Immediate;
  /** Something was read in this turn, and there is no reason to think that more of it is there. */
  private hasRead = false;
  private stopRest?: () => void;

  constructor(
    { host, port }: Address,
    private readonly options: { readonly connect: (to: ConnectTo) => Socket; readonly clock: Clock },
    private readonly rest: Rest,
    private readonly user: ChannelUser,
  ) {
    const onread = { buffer: Buffer.allocUnsafeSlow(READ), callback: (size: number, buffer: Uint8Array) => this.read(size, buffer) };
    this.socket = options.connect({ host, port, onread }).setNoDelay(true).setKeepAlive(true, 10_000);
    this.socket.once("encrypted" in this.socket ? "secureConnect" : "connect", () => user.ready());
    this.socket.on("data", (chunk) => user.received(chunk));
    this.socket.on("drain", () => user.drained());
    this.socket.on("error", (error) => user.ended(error.message));
    this.socket.on("close", () => user.ended("closed by the server"));
  }

  get hasRoom(): boolean {
    return this.socket.writableLength < MAX_BUFFERED;
  }

  write(bytes: Buffer): void {
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      this.atEndOfTurn();
    }
    this.socket.write(bytes);
  }

  destroy(): void {
    this.stopRest?.();
    clearImmediate(this.turn);
    this.socket.destroy();
  }

  private read(size: number, buffer: Uint8Array): true {
    const isWhole = this.user.received(Buffer.from(buffer.subarray(0, size))); // a copy: the next reading goes to the same place
    this.hasRead = isWhole && size < READ;
    this.atEndOfTurn();
    return true;
  }

  private atEndOfTurn(): void {
    this.turn ??= setImmediate(() => this.endTurn());
  }

  /** Not before: callers that were answered in this turn have asked for the next thing by now. */
  private endTurn(): void {
    this.turn = undefined;
    if (this.corked) {
      this.corked = false;
      this.socket.uncork();
    }
    const rest = this.hasRead ? this.rest.length(this.user.inFlight(), this.options.clock.now()) : 0;
    this.hasRead = false;
    if (rest > 0) this.pause(rest);
  }

  private pause(ms: number): void {
    this.stopRest?.(); // over TLS what was deciphered before may still come
    this.socket.pause();
    this.stopRest = this.options.clock.after(ms, () => this.socket.resume());
  }
}
