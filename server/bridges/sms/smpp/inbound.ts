import type { IncomingSm } from "./incoming";

/** Keeps a message for good before it resolves; a rejection makes the carrier send it again. */
export type Receive = (sms: IncomingSm) => Promise<void>;

interface Waiting {
  readonly sms: IncomingSm;
  readonly answer: (kept: boolean) => void;
}

/** Incoming messages of one link: so many are handled at once, so many wait, the carrier keeps the others. */
export class Inbound {
  #running = 0;
  readonly #waiting: Waiting[] = [];
  #idle: (() => void)[] = [];

  constructor(
    private readonly receive: Receive,
    private readonly atOnce: number,
    private readonly mayWait: number,
  ) {}

  take(sms: IncomingSm, answer: (kept: boolean) => void): void {
    if (this.#running < this.atOnce) void this.#handle({ sms, answer });
    else if (this.#waiting.length < this.mayWait) this.#waiting.push({ sms, answer });
    else answer(false);
  }

  /** What waits is not begun any more. */
  drop(): void {
    this.#waiting.length = 0;
    this.#tellIdle();
  }

  /** When all that came has its answer. */
  idle(): Promise<void> {
    return this.#running === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  async #handle({ sms, answer }: Waiting): Promise<void> {
    this.#running++;
    const kept = await this.#receive(sms);
    answer(kept);
    this.#running--;
    const next = this.#waiting.shift();
    if (next) void this.#handle(next);
    this.#tellIdle();
  }

  async #receive(sms: IncomingSm): Promise<boolean> {
    try {
      await this.receive(sms);
      return true;
    } catch {
      return false;
    }
  }

  #tellIdle(): void {
    if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}
