import type { Clock, Random } from "@/domain/id";
import type { Timers } from "@/server/platform/timers";
import { SmppFailure } from "./failure";
import type { Receive } from "./inbound";
import type { IncomingSm } from "./incoming";
import { SmppLink } from "./link";
import { type Account, type BindKind, LINK_LIMITS, type LinkLimits } from "./link-options";
import { Pace } from "./pace";
import { Queue, type Queued } from "./queue";
import { type LinkState, PAUSES, type Pauses, StandingLink } from "./standing-link";
import { encodeSubmit, type SubmitSm } from "./submit";
import { type Counts, Tally } from "./tally";

export interface CarrierOptions {
  readonly account: Account;
  /** One connection for both directions, or one for each. */
  readonly binds: "transceiver" | "pair";
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly receive: Receive;
  /** Messages that may wait here. */
  readonly queue?: number;
  /** Messages a second at most. */
  readonly perSecond?: number;
  readonly limits?: Partial<LinkLimits>;
  readonly pauses?: Partial<Pauses>;
}

/** Plain data for the admin page. */
export interface CarrierState extends Counts {
  readonly links: readonly LinkState[];
  readonly window: number;
  readonly queued: number;
  readonly queue: number;
  /** Since when the one that waits longest does, Unix milliseconds. */
  readonly oldest?: number;
  /** Messages a second that the carrier is given at present, and at most. */
  readonly rate: number;
  readonly perSecond: number;
  /** What a person has to do, when nothing else helps. */
  readonly attention?: string;
}

interface SubmitOptions {
  readonly withinMs?: number;
  readonly late?: (messageId: string) => void;
}

const MINUTE = 60_000;

/** One carrier: its binds stay up, messages go out in order as fast as it takes them, and what comes in is handed on. */
export class SmppCarrier {
  readonly #limits: LinkLimits;
  readonly #most: number;
  readonly #queue = new Queue();
  readonly #pace: Pace;
  readonly #tally: Tally;
  readonly #links: readonly StandingLink[];
  #attention?: string;
  #closed = false;
  #stopPump?: () => void;

  constructor(private readonly options: CarrierOptions) {
    this.#limits = { ...LINK_LIMITS, ...options.limits };
    this.#most = options.queue ?? 1000;
    this.#pace = new Pace(options.clock, options.perSecond ?? 1000);
    this.#tally = new Tally(options.clock);
    const kinds: readonly BindKind[] = options.binds === "pair" ? ["transmitter", "receiver"] : ["transceiver"];
    this.#links = kinds.map((kind) => this.#standing(kind));
  }

  start(): void {
    for (const link of this.#links) link.start();
  }

  /**
   * Resolves when the carrier has taken the message. Rejects with SmppFailure, never with `throttled`: what is too fast waits here and is sent
   * again. What has not left within `withinMs` is given back as `not-sent`. `late` hears of an answer that came after the call was rejected
   * for want of one: the carrier has the message.
   */
  async submit(sms: SubmitSm, { withinMs = MINUTE, late = () => {} }: SubmitOptions = {}): Promise<{ readonly messageId: string }> {
    const submit = encodeSubmit(sms);
    if (this.#closed) throw closed();
    if (this.#queue.size >= this.#most) throw new SmppFailure("overloaded", "overloaded", "Too many messages wait for the carrier.");
    return new Promise((resolve, reject) => {
      const [since, stopTimer] = [this.options.clock(), () => {}];
      const one: Queued = { submit, resolve, reject, late, since, deadline: since + withinMs, stopTimer };
      one.stopTimer = this.options.timers.after(withinMs, () => this.#queue.remove(one) && this.#tooLate(one));
      this.#queue.add(one);
      this.#pump();
    });
  }

  state(): CarrierState {
    const { oldest } = this.#queue;
    return {
      ...this.#tally.counts(),
      ...(oldest !== undefined && { oldest }),
      links: this.#links.map((link) => link.state()),
      window: this.#limits.window,
      queued: this.#queue.size,
      queue: this.#most,
      rate: Math.round(this.#pace.rate * 10) / 10,
      perSecond: this.options.perSecond ?? 1000,
      ...(this.#attention !== undefined && { attention: this.#attention }),
    };
  }

  /** Gives back what waits, finishes what is under way, unbinds. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopPump?.();
    for (const one of this.#queue.clear()) this.#giveUp(one, closed());
    await Promise.all(this.#links.map((link) => link.close()));
  }

  #standing(kind: BindKind): StandingLink {
    const { account, timers, clock, random } = this.options;
    return new StandingLink({
      ...{ kind, clock, timers, random, pauses: { ...PAUSES, ...this.options.pauses } },
      open: () => new SmppLink({ account, kind, timers, limits: this.#limits, receive: (sms) => this.#receive(sms), onRoom: () => this.#pump() }),
      onBound: () => this.#bound(),
      onEnded: (failure) => this.#ended(failure),
    });
  }

  #bound(): void {
    this.#attention = undefined;
    this.#pump();
  }

  #ended(failure: SmppFailure): void {
    if (this.#closed) return;
    this.#tally.failed(failure);
    if (failure.kind !== "login") return;
    this.#attention = `${failure.message} Nothing goes out or comes in until the settings of "${this.options.account.systemId}" are right.`;
  }

  async #receive(sms: IncomingSm): Promise<void> {
    try {
      await this.options.receive(sms);
      this.#tally.received++;
    } catch (error) {
      this.#tally.notKept++;
      throw error;
    }
  }

  /** Sends what may go now: the first bind is the one that sends. */
  #pump(): void {
    const link = this.#links[0]?.usable;
    if (!link || this.#stopPump) return;
    while (this.#queue.size > 0 && link.free > 0) {
      const wait = this.#pace.waitMs();
      if (wait > 0) {
        this.#pumpIn(wait);
        return;
      }
      this.#pace.spend();
      void this.#send(link, this.#queue.next()!);
    }
  }

  #pumpIn(ms: number): void {
    this.#stopPump = this.options.timers.after(ms, () => {
      this.#stopPump = undefined;
      this.#pump();
    });
  }

  async #send(link: SmppLink, one: Queued): Promise<void> {
    const sentAt = this.options.clock();
    try {
      const taken = await link.send(one.submit, one.late);
      one.stopTimer();
      this.#tally.submitted++;
      this.#tally.roundTrip.add(this.options.clock() - sentAt);
      this.#pace.taken();
      one.resolve(taken);
    } catch (error) {
      this.#refused(one, error instanceof SmppFailure ? error : new SmppFailure("unknown-outcome", "internal", String(error)), sentAt);
    }
  }

  #refused(one: Queued, failure: SmppFailure, sentAt: number): void {
    if (failure.kind === "throttled") this.#again(one, failure, sentAt);
    else this.#giveUp(one, failure);
  }

  #again(one: Queued, failure: SmppFailure, sentAt: number): void {
    this.#tally.throttled.add(1);
    this.#pace.tooMuch(sentAt);
    one.reason = failure;
    if (this.#closed || this.options.clock() >= one.deadline) {
      this.#tooLate(one);
      return;
    }
    this.#queue.giveBack(one);
    this.#pump();
  }

  #tooLate(one: Queued): void {
    this.#giveUp(one, one.reason?.as("not-sent") ?? new SmppFailure("not-sent", "deadline", "The message could not be handed to the carrier in time."));
  }

  #giveUp(one: Queued, failure: SmppFailure): void {
    one.stopTimer();
    this.#tally.failed(failure);
    one.reject(failure);
  }
}

const closed = (): SmppFailure => new SmppFailure("not-sent", "closed", "The connection to the carrier was closed here.");
