import type { Socket } from "node:net";
import type { Clock } from "../clock";
import { HBaseError } from "../errors";
import { TooManyCells } from "../wire/cells";
import { FrameReader } from "../wire/frame-reader";
import { type Answer, preamble, type Reply, readAnswer, requestFrame } from "../wire/frames";
import type { Method, Service } from "../wire/methods";
import { Slab, type Spec, type Values } from "../wire/protobuf";
import { type Call, type CallOptions, Calls } from "./calls";
import { type Address, Channel, type ConnectTo } from "./channel";
import { Rest } from "./rest";
import { Silence } from "./silence";

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly connect: (server: ConnectTo) => Socket;
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
  private readonly channel: Channel;
  private readonly calls: Calls;
  private readonly frames: FrameReader;
  private readonly silence: Silence;
  private readonly rest = new Rest();
  private readonly slab = new Slab();
  private readonly stopConnectTimer: () => void;
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
    this.channel = new Channel(server, options, this.rest, {
      ready: () => this.connected(),
      received: (chunk) => this.receive(chunk),
      drained: () => this.sendWaiting(),
      ended: (reason) => this.fail(reason),
      inFlight: () => this.inFlight,
    });
    this.channel.write(preamble(service, options.user, options.cellBlocks));
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
    return this.ask(method, request, options, (reply) => reply);
  }

  /** As `call`, with what `read` makes of the answer. */
  ask<I extends Spec, O extends Spec, T>(method: Method<I, O>, request: Values<I>, options: CallOptions, read: (reply: Reply<Values<O>>) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const group = this.calls.groupOf(options.group ?? this);
      this.begin({ method, request, options, group, read, resolve, reject, sentAt: 0, expires: options.deadline } as unknown as Call);
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
    this.channel.destroy();
    const { sent, waiting } = this.calls.clear();
    const lost = this.ready ? new HBaseError("unknown-outcome", type, message) : this.failure;
    for (const call of sent) call.reject(lost);
    for (const call of waiting) call.reject(this.failure);
  }

  private connected(): void {
    this.ready = true;
    this.stopConnectTimer();
  }

  private begin(call: Call): void {
    if (this.failure) call.reject(this.failure);
    else if (this.calls.mayGo(call.group) && this.channel.hasRoom) this.send(call);
    else if (this.calls.waiting < this.options.waiting) this.calls.wait(call);
    else call.reject(new HBaseError("overloaded", "ClientOverloaded", `${this.options.waiting} calls wait for ${this.name} already`));
    this.watch();
  }

  private send(call: Call): void {
    const now = this.options.clock.now();
    const { deadline, answerWithin = Number.POSITIVE_INFINITY, cells, priority } = call.options;
    call.expires = Math.min(deadline, now + answerWithin);
    const id = this.calls.send(call);
    const timeout = Math.max(1, Math.ceil(call.expires - now));
    this.count++;
    call.sentAt = now;
    this.channel.write(requestFrame(call.method, call.request, cells, { id, timeout, priority }, this.slab));
    call.request = SENT; // what was sent is garbage from here on: while thousands wait that is much
    call.options = SENT;
  }

  private sendWaiting(): void {
    while (!this.failure && this.channel.hasRoom) {
      const call = this.calls.next();
      if (!call) return;
      this.send(call);
    }
  }

  /** Answers whether what came ends with the end of an answer. */
  private receive(chunk: Buffer): boolean {
    this.silence.heard();
    try {
      this.frames.push(chunk, (frame) => this.answer(frame));
    } catch (error) {
      this.fail(`an answer that cannot be read: ${(error as Error).message}`);
    }
    this.sendWaiting();
    return !this.frames.unfinished;
  }

  private answer(frame: Buffer): void {
    const answer = readAnswer(frame, this.options.maxCells);
    if (answer.id === -1) this.fail(answer.error?.message ?? "refused by the server");
    const call = this.calls.take(answer.id);
    if (!call) return; // given up here before
    this.rest.answered(this.options.clock.now() - call.sentAt);
    if (answer.error) call.reject(answer.error);
    else this.deliver(call, answer);
  }

  private deliver(call: Call, answer: Answer): void {
    const reply = this.reply(call, answer);
    try {
      call.resolve(call.read(reply));
    } catch (error) {
      call.reject(error);
    }
  }

  private reply(call: Call, answer: Answer): Reply<Values<Spec>> {
    try {
      return answer.read(call.method.response);
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
    if (quiet === "ask") this.channel.write(this.silence.question(this.calls.send(this.silence.listener(this.options.clock.now()))));
    this.sendWaiting();
    this.watch();
  }
}
