import { actionsOf } from "@/app/replica/actions";
import { LIMITS, type Limits } from "@/app/replica/limits";
import type { MailboxApi, Shelf, Timers } from "@/app/replica/ports";
import { memoryShelf } from "@/app/replica/shelf";
import { Replica } from "@/app/replica/store";
import { type Clock, type Id, IdMinter } from "@/domain/id";
import { ManualClock } from "../clock";
import { seededRandom } from "../random";
import { Wire } from "./wire";

/** So small that a short log meets every limit. */
export const TINY: Limits = { page: 2, longPage: 3, entries: 3, far: 6, tail: 4, closedMessages: 2, closedThreads: 1 };

interface Time extends Timers {
  readonly clock: Clock;
  advance(milliseconds: number): void;
}

export interface DeviceOptions {
  readonly time?: Time;
  readonly shelf?: Shelf;
  readonly limits?: Limits;
  readonly seed?: number;
}

/** A browser with a replica, on a wire that a test holds. */
export class Device {
  readonly wire: Wire;
  readonly replica: Replica;
  readonly actions: ReturnType<typeof actionsOf>;
  readonly time: Time;
  readonly typed: Id[] = [];
  changedHands = 0;

  constructor(server: MailboxApi, { time = new ManualClock(), shelf = memoryShelf(), limits = LIMITS, seed = 1 }: DeviceOptions = {}) {
    const random = seededRandom(seed);
    this.time = time;
    this.wire = new Wire(server);
    this.replica = new Replica({
      api: this.wire.api,
      signals: { watch: () => {}, typing: (threadId) => this.typed.push(threadId) },
      shelf,
      timers: time,
      clock: time.clock,
      random,
      mint: new IdMinter(time.clock, random),
      limits,
      changedHands: () => this.changedHands++,
    });
    this.actions = actionsOf(this.replica);
  }

  connect(): void {
    if (this.wire.connected) return;
    this.wire.connected = true;
    this.replica.connected();
  }

  cut(): void {
    if (!this.wire.connected) return;
    this.wire.cut();
    this.replica.disconnected();
  }

  /** Delivers the nth push on its way; `keep` leaves it there, to come again. */
  deliver(n: number, keep = false): void {
    const entries = this.wire.pushed[n % Math.max(1, this.wire.pushed.length)];
    if (entries === undefined) return;
    if (!keep) this.wire.pushed.splice(this.wire.pushed.indexOf(entries), 1);
    this.replica.entries(entries);
  }

  drop(n: number): void {
    this.wire.pushed.splice(n % Math.max(1, this.wire.pushed.length), 1);
  }

  /** Lets what is on its way arrive, in order, until nothing is. */
  async flow(): Promise<void> {
    for (let round = 0; this.wire.calls.length + this.wire.pushed.length > 0; round++) {
      if (round > 3_000) throw new Error(`It never comes to rest; asked at last: ${this.wire.asked.slice(-8).join(", ")}`);
      this.deliver(0);
      await this.wire.step(0);
      await calm();
    }
  }

  /** Connects and lets everything arrive, and time pass, until nothing is left to do. */
  async settle(): Promise<void> {
    this.connect();
    for (let round = 0; round < 4; round++) {
      await this.flow();
      this.time.advance(15_000);
      await calm();
    }
    await this.flow();
  }
}

/** Lets every promise that can go on do so. */
export const calm = (): Promise<void> => new Promise((go) => setImmediate(go));
