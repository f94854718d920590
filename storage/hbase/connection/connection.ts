import type { Socket } from "node:net";
import type { Clock } from "../clock";
import { HBaseError } from "../errors";
import { TooManyCells } from "../wire/cells";
import { FrameReader } from "../wire/frame-reader";
import { preamble, type Reply, readAnswer, requestFrame } from "../wire/frames";
import type { Method, Service } from "../wire/methods";
import type { Spec, Values } from "../wire/protobuf";
import { type Call, type CallOptions, Calls } from "./calls";
import { Silence } from "./silence";

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly connect: (server: Address) => Socket;
  readonly user: string;
  readonly cellBlocks: boolean;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Calls that wait for an answer at once. */
  readonly inFlight: number;
  /** Calls that wait to be sent; more are refused as `overloaded`. */
  readonly waiting: number;
  /** Milliseconds without a byte, though calls wait, after which a server is taken for dead. */
  readonly silence: number;
  /** Bytes of one answer. */
  readonly maxFrame: number;
  /** Cells of one answer. */
  readonly maxCells: number;
}

/** How often deadlines are looked at, in milliseconds: no call is later than its deadline by more. */
const SWEEP = 20;

/** Bytes that Node holds for a slow socket, above which calls wait in the (bounded) queue instead. */
const MAX_BUFFERED = 16 * 1024 * 1024;

const SENT = { deadline: 0 };

/**
 * One TCP connection to one service of one server. Calls are pipelined: many are under way at once and are answered in any order. Once it
 * has failed it stays so; the pool makes another.
 */
export class Connection {
  failure?: HBaseError;
  /** Whether it was ever connected. */
  ready = false;
  /** Calls sent since it was made. */
  count = 0;
  private readonly socket: Socket;
  private readonly calls: Calls;
  private readonly frames: FrameReader;
  private readonly silence: Silence;
  private readonly stopConnectTimer: () => void;
  private corked = false;
  private stopSweep?: () => void;

  constructor(
    readonly server: Address,
    readonly service: Service,
    private readonly options: ConnectionOptions,
  ) {
    this.calls = new Calls(options.inFlight);
    this.frames = new FrameReader(options.maxFrame);
    this.silence = new Silence(service === "ClientService" ? options.silence : Number.POSITIVE_INFINITY);
    this.stopConnectTimer = options.clock.after(options.connectTimeout, () => this.fail("connecting took too long"));
    this.socket = options.connect({ host: server.host, port: server.port });
    this.listen();
    this.socket.write(preamble(service, options.user, options.cellBlocks));
  }

  get name(): string {
    return `${this.server.host}:${this.server.port}`;
  }

  get inFlight(): number {
    return this.calls.sent.size;
  }

  get waiting(): number {
    return this.calls.waiting;
  }

  /** Fails with `unknown-outcome` once the request may have reached the server, with another kind while it surely has not. */
  call<I extends Spec, O extends Spec>(method: Method<I, O>, request: Values<I>, options: CallOptions): Promise<Reply<Values<O>>> {
    return new Promise((resolve, reject) => {
      const call = { method, request, options, group: options.group ?? this, resolve, reject, expires: options.deadline } as unknown as Call;
      if (this.failure) reject(this.failure);
      else if (this.calls.mayGo(call.group) && this.socketHasRoom()) this.send(call);
      else if (this.calls.waiting < this.options.waiting) this.calls.wait(call);
      else reject(new HBaseError("overloaded", "ClientOverloaded", `${this.options.waiting} calls wait for ${this.name} already`));
      this.watch();
    });
  }

  /** Ends the connection. Calls that were sent fail with an unknown outcome, the others with `kind`. */
  fail(reason: string, kind: "moved" | "closed" = "moved"): void {
    if (this.failure) return;
    const type = this.ready ? "ConnectionLost" : "ConnectFailed";
    const message = `${this.name}: ${reason}`;
    this.failure = new HBaseError(kind, type, message);
    this.stopConnectTimer();
    this.stopSweep?.();
    this.socket.destroy();
    const { sent, waiting } = this.calls.clear();
    const lost = this.ready ? new HBaseError("unknown-outcome", type, message) : this.failure;
    for (const call of sent) call.reject(lost);
    for (const call of waiting) call.reject(this.failure);
  }

  private listen(): void {
    const { socket } = this;
    socket.setNoDelay(true).setKeepAlive(true, 10_000);
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      this.ready = true;
      this.stopConnectTimer();
    });
    socket.on("data", (chunk) => this.receive(chunk));
    socket.on("drain", () => this.sendWaiting());
    socket.on("error", (error) => this.fail(error.message));
    socket.on("close", () => this.fail("closed by the server"));
  }

  private socketHasRoom(): boolean {
    return this.socket.writableLength < MAX_BUFFERED;
  }

  private send(call: Call): void {
    const now = this.options.clock.now();
    const { deadline, answerWithin = Number.POSITIVE_INFINITY, cells, priority } = call.options;
    call.expires = Math.min(deadline, now + answerWithin);
    const id = this.calls.send(call);
    const timeout = Math.max(1, Math.ceil(call.expires - now));
    this.count++;
    this.write(requestFrame(call.method, call.request, cells, { id, timeout, priority }));
    call.request = SENT; // what was sent is garbage from here on: while thousands wait that is much
    call.options = SENT;
  }

  /** What is sent in one turn of the event loop goes out in one write. */
  private write(frame: Buffer): void {
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      setImmediate(() => {
        this.corked = false;
        this.socket.uncork();
      });
    }
    this.socket.write(frame);
  }

  private sendWaiting(): void {
    while (!this.failure && this.socketHasRoom()) {
      const call = this.calls.next();
      if (!call) return;
      this.send(call);
    }
  }

  private receive(chunk: Buffer): void {
    this.silence.heard();
    try {
      this.frames.push(chunk, (frame) => this.answer(frame));
    } catch (error) {
      this.fail(`an answer that cannot be read: ${(error as Error).message}`);
    }
    this.sendWaiting();
  }

  private answer(frame: Buffer): void {
    const answer = readAnswer(frame, this.options.maxCells);
    if (answer.id === -1) this.fail(answer.error?.message ?? "refused by the server");
    const call = this.calls.take(answer.id);
    if (!call) return; // given up here before
    if (answer.error) call.reject(answer.error);
    else this.deliver(call, () => answer.read(call.method.response));
  }

  private deliver(call: Call, read: () => Reply<Values<Spec>>): void {
    try {
      call.resolve(read());
    } catch (error) {
      call.reject(new HBaseError("unknown-outcome", error instanceof TooManyCells ? "AnswerTooLarge" : "BadAnswer", (error as Error).message));
      throw error;
    }
  }

  private watch(): void {
    if (this.stopSweep || this.failure || this.calls.idle) return;
    this.stopSweep = this.options.clock.after(SWEEP, () => this.sweep(), true);
  }

  private sweep(): void {
    this.stopSweep = undefined;
    const { sent, waiting } = this.calls.expired(this.options.clock.now());
    for (const call of sent) call.reject(new HBaseError("unknown-outcome", "CallTimeout", `no answer from ${this.name} in time`));
    for (const call of waiting) call.reject(new HBaseError("deadline", "CallTimeout", `no turn for a call to ${this.name} in time`));
    const quiet = this.silence.passed(SWEEP, this.calls.sent.size > 0);
    if (quiet === "dead") this.fail("silent");
    if (quiet === "ask") this.write(this.silence.question(this.calls.send(this.silence.listener(this.options.clock.now()))));
    this.sendWaiting();
    this.watch();
  }
}
