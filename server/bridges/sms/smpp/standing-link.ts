import type { Clock, Random } from "@/domain/id";
import type { Timers } from "@/server/platform/timers";
import type { SmppFailure } from "./failure";
import type { LinkPhase, SmppLink } from "./link";
import type { BindKind } from "./link-options";

export interface StandingOptions {
  readonly kind: BindKind;
  readonly open: () => SmppLink;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly onBound: () => void;
  readonly onEnded: (failure: SmppFailure) => void;
  readonly pauses: Pauses;
}

/** Milliseconds between the end of a link and the next try. */
export interface Pauses {
  readonly first: number;
  readonly most: number;
  /** After a wrong password: no setting changes by itself, and carriers lock accounts that try too often. */
  readonly login: number;
  /** A link that stood so long was a good one: the next pause is a short one again. */
  readonly good: number;
}

export const PAUSES: Pauses = { first: 1_000, most: 60_000, login: 600_000, good: 10_000 };

/** Plain data for the admin page. Times are Unix milliseconds. */
export interface LinkState {
  readonly kind: BindKind;
  readonly phase: LinkPhase | "waiting" | "closed";
  readonly boundSince?: number;
  /** Since when it is not, tries in between included. */
  readonly downSince?: number;
  readonly windowUsed: number;
  readonly nextTryAt?: number;
  /** How the last link ended, or did not come about. */
  readonly ended?: { readonly at: number; readonly words: string };
}

/** Keeps one bind standing: opens a link, and another one when that has ended, with pauses that double and are half chance. */
export class StandingLink {
  #link?: SmppLink;
  #boundSince?: number;
  #downSince?: number;
  #nextTryAt?: number;
  #lastEnd?: { readonly at: number; readonly words: string };
  #failures = 0;
  #closed = false;
  #stopTimer = () => {};

  constructor(private readonly options: StandingOptions) {}

  /** The link, when messages can go through it. */
  get usable(): SmppLink | undefined {
    return this.#link?.phase === "bound" ? this.#link : undefined;
  }

  start(): void {
    this.#nextTryAt = undefined;
    this.#downSince ??= this.options.clock();
    const link = this.options.open();
    this.#link = link;
    link.bound.then(
      () => this.#bound(link),
      () => {},
    );
    void link.ended.then((failure) => this.#ended(failure));
  }

  /** Resolves when the connection is closed; no other is made. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer();
    this.#nextTryAt = undefined;
    await this.#link?.close();
  }

  state(): LinkState {
    return {
      kind: this.options.kind,
      phase: this.#link?.phase ?? (this.#closed ? "closed" : "waiting"),
      windowUsed: this.#link?.windowUsed ?? 0,
      ...(this.#boundSince !== undefined && { boundSince: this.#boundSince }),
      ...(this.#downSince !== undefined && { downSince: this.#downSince }),
      ...(this.#lastEnd !== undefined && { ended: this.#lastEnd }),
      ...(this.#nextTryAt !== undefined && { nextTryAt: this.#nextTryAt }),
    };
  }

  #bound(link: SmppLink): void {
    if (link.phase !== "bound") return;
    this.#boundSince = this.options.clock();
    this.#downSince = undefined;
    this.options.onBound();
  }

  #ended(failure: SmppFailure): void {
    const { clock, timers, pauses } = this.options;
    const wasGood = this.#boundSince !== undefined && clock() - this.#boundSince >= pauses.good;
    this.#failures = wasGood ? 1 : this.#failures + 1;
    this.#link = this.#boundSince = undefined;
    this.#downSince ??= clock();
    if (!this.#closed) this.#lastEnd = { at: clock(), words: failure.message };
    if (!this.#closed) {
      const pause = this.#pause(failure);
      this.#nextTryAt = clock() + pause;
      this.#stopTimer = timers.after(pause, () => this.start());
    }
    this.options.onEnded(failure);
  }

  #pause({ kind }: SmppFailure): number {
    const { first, most, login } = this.options.pauses;
    const whole = kind === "login" ? login : Math.min(most, first * 2 ** Math.min(this.#failures - 1, 30));
    const chance = Buffer.from(this.options.random(4)).readUInt32BE() / 2 ** 32;
    return Math.round(whole * (0.5 + chance / 2));
  }
}
