import type { Id } from "@/domain/id";
import { type OutboxEntry, outboxKey } from "@/domain/outbox";
import { Deliverer } from "@/server/delivery/deliverer";
import type { Owed } from "@/server/delivery/owed";
import type { Route } from "@/server/delivery/routes";
import { encode } from "@/server/mailbox/cells";
import { Mailboxes } from "@/server/mailbox/mailboxes";
import { MAILBOX, MAILBOX_TABLES, utf8 } from "@/server/mailbox/schema";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { TestTime } from "./messaging";
import { seededRandom } from "./random";

const BATCH = 1_000;
const ROOM = { width: 64, perDestination: 16, room: 2_000, roomPerDestination: 500 };

export interface OutgoingOptions {
  /** What a step does; it is settled when it resolves. Nothing when left out. */
  readonly work?: (owed: Owed) => Promise<void> | void;
  readonly store?: MemoryStore;
  readonly time?: TestTime;
  readonly seed?: number;
}

/** The queue alone, over outboxes in a store: each step is what the test says, and takes its entry out of the outbox when it succeeds. */
export class Outgoing {
  readonly time: TestTime;
  readonly store: MemoryStore;
  readonly deliverer: Deliverer;
  readonly done: Owed[] = [];
  readonly failures: unknown[] = [];
  /** The most entries that were in memory at any time. */
  most = 0;

  constructor(private readonly options: OutgoingOptions = {}) {
    this.time = options.time ?? new TestTime();
    this.store = options.store ?? new MemoryStore({ schemas: MAILBOX_TABLES, clock: this.time.clock });
    const [chat, mail] = ["chat", "mail"].map((name): Route => ({ name, destination: toOf, ...ROOM, run: (owed) => this.#run(owed) }));
    const [timers, token] = [this.time, () => ""];
    this.deliverer = new Deliverer({
      mailboxes: new Mailboxes({ store: this.store, token, timers, announce: () => {}, patience: 0 }),
      routing: { routes: [chat as Route, mail as Route], of: (entry) => (toOf(entry).includes(":") ? mail : chat) as Route },
      timers,
      clock: this.time.clock,
      random: seededRandom(options.seed ?? 1),
      failed: (error) => this.failures.push(error),
    });
  }

  /** Writes what a mailbox owes, as its commits would, and tells of it if asked to. */
  async owe(user: Id, entries: readonly OutboxEntry[], tell = false): Promise<void> {
    for (let i = 0; i < entries.length; i += BATCH) {
      const some = entries.slice(i, i + BATCH);
      const puts = some.map((entry) => ({ kind: "put" as const, family: "outbox", qualifier: utf8(outboxKey(entry)), value: encode(entry) }));
      await this.store.mutateRow(MAILBOX.name, utf8(user), puts);
      if (tell) this.#tell(user, new Map(some.map((entry) => [outboxKey(entry), entry])));
    }
  }

  async owing(user: Id): Promise<number> {
    return (await this.store.slice(MAILBOX.name, utf8(user), "outbox", { limit: 100_000 })).length;
  }

  /** Lets time pass in steps, everything that can be done being done after each. */
  async pass(ms: number, step = 1_000): Promise<void> {
    await this.deliverer.settle();
    for (let passed = 0; passed < ms; passed += step) {
      this.time.advance(step);
      await this.deliverer.settle();
    }
  }

  async #run(owed: Owed): Promise<void> {
    this.most = Math.max(this.most, this.deliverer.held);
    await this.options.work?.(owed);
    await this.store.mutateRow(MAILBOX.name, utf8(owed.user), [{ kind: "delete", family: "outbox", qualifier: utf8(owed.key) }]);
    this.done.push(owed);
    this.#tell(owed.user, new Map([[owed.key, null]]));
  }

  #tell(user: Id, owed: Map<string, OutboxEntry | null>): void {
    this.deliverer.take({ user, owed, entries: [], threads: new Map() });
  }
}

export const toOf = (entry: OutboxEntry): string => ("to" in entry ? entry.to : entry.threadId);

export const receipt = (to: string, n: number): OutboxEntry => ({ kind: "receipt", threadId: "t", to, upTo: String(n).padStart(6, "0") });
export const receipts = (count: number, to: (n: number) => string): OutboxEntry[] => Array.from({ length: count }, (_, n) => receipt(to(n), n));
