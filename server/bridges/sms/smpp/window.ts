import type { Timers } from "@/server/platform/timers";
import { SmppFailure } from "./failure";
import { RESPONSE } from "./pdu";

interface Asked {
  /** The command that was sent; only its own answer counts, or a generic_nack. */
  readonly id: number;
  readonly answered: (frame: Buffer) => void;
  readonly failed: (failure: SmppFailure) => void;
  /** Hears of an answer that came when it was no longer waited for. */
  readonly late: (frame: Buffer) => void;
  readonly stopTimer: () => void;
}

/**
 * Requests of one link that wait for their answers, by sequence number. One that was waited for in vain keeps its place, because the other side
 * still counts it, until its answer comes after all or the link ends.
 */
export class Window {
  readonly #asked = new Map<number, Asked>();
  readonly #late = new Map<number, Pick<Asked, "id" | "late">>();
  #idle: (() => void)[] = [];

  constructor(
    private readonly timers: Timers,
    /** One did not come in time, or did after all. */
    private readonly onLate: (came: boolean) => void = () => {},
  ) {}

  /** Places taken. */
  get used(): number {
    return this.#asked.size + this.#late.size;
  }

  /** Of these, given up. */
  get late(): number {
    return this.#late.size;
  }

  has(sequence: number): boolean {
    return this.#asked.has(sequence) || this.#late.has(sequence);
  }

  /** Resolves with the frame of the answer. `late` gets it when it comes after all. */
  wait(sequence: number, id: number, ms: number, late: (frame: Buffer) => void = () => {}): Promise<Buffer> {
    return new Promise((answered, failed) => {
      const stopTimer = this.timers.after(ms, () => this.#giveUp(sequence));
      this.#asked.set(sequence, { id, answered, failed, late, stopTimer });
    });
  }

  /** Answers whether somebody waited. */
  answer(sequence: number, id: number, frame: Buffer): boolean {
    const late = this.#late.get(sequence);
    const expected = this.#asked.get(sequence)?.id ?? late?.id;
    if (expected === undefined || (id !== RESPONSE && id - RESPONSE !== expected)) return false;
    if (late === undefined) this.#take(sequence)?.answered(frame);
    else {
      this.#late.delete(sequence);
      late.late(frame);
      this.onLate(true);
    }
    return true;
  }

  /** Nothing will be answered any more. */
  lose(failure: SmppFailure): void {
    this.#late.clear();
    for (const sequence of [...this.#asked.keys()]) this.#take(sequence)?.failed(failure);
  }

  /** When nobody waits. */
  idle(): Promise<void> {
    return this.#asked.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  #giveUp(sequence: number): void {
    const asked = this.#take(sequence);
    if (!asked) return;
    this.#late.set(sequence, { id: asked.id, late: asked.late });
    asked.failed(new SmppFailure("unknown-outcome", "no-answer", "The carrier did not answer in time, so it may have the message."));
    this.onLate(false);
  }

  #take(sequence: number): Asked | undefined {
    const asked = this.#asked.get(sequence);
    asked?.stopTimer();
    this.#asked.delete(sequence);
    if (this.#asked.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    return asked;
  }
}
