import type { Channel } from "@/domain/address";
import { encodeId, type Id, IdMinter } from "@/domain/id";
import { hueOf, type Person } from "@/domain/person";
import type { Letter, Taken, Way } from "@/server/delivery/outside-step";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "@/server/mailbox/archiver";
import type { Commit } from "@/server/mailbox/owner";
import type { Directory } from "@/server/mailbox/people";
import { MAILBOX_TABLES } from "@/server/mailbox/schema";
import { createMessaging, type Messaging, type TextingDeps } from "@/server/messaging";
import type { Timers } from "@/server/platform/timers";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import type { Faults } from "@/storage/wide-column/drivers/memory/faults";
import { seededRandom } from "./random";

/** People of a test: `ann` has the id of her name, and the verified address ann@example.org. */
export class FakeDirectory implements Directory {
  readonly #people = new Map<Id, Person>();

  add(handle: string): Id {
    const id = encodeId(Buffer.from(handle.padEnd(16, "\0")).subarray(0, 16));
    const own = id.replace(/^./, "0");
    this.#people.set(own, { id: own, name: handle, handle, outside: false, hue: hueOf(handle) });
    return own;
  }
  async many(ids: readonly Id[]): Promise<Map<Id, Person>> {
    return new Map(ids.flatMap((id) => (this.#people.has(id) ? [[id, this.#people.get(id) as Person]] : [])));
  }
  async byHandle(handle: string): Promise<Person | undefined> {
    return [...this.#people.values()].find((person) => person.handle === handle);
  }
  async byAddress(email: string): Promise<Id | undefined> {
    const [handle, domain] = email.split("@") as [string, string];
    return domain === "example.org" || domain === "braid.test" ? (await this.byHandle(handle))?.id : undefined;
  }
}

/** Time that stands still until a test moves it. */
export class TestTime implements Timers {
  now = 1_800_000_000_000;
  readonly #waiting = new Set<{ at: number; run: () => void }>();

  readonly clock = (): number => this.now;
  after(ms: number, run: () => void): () => void {
    const timer = { at: this.now + ms, run };
    this.#waiting.add(timer);
    return () => this.#waiting.delete(timer);
  }
  advance(ms: number): void {
    this.now += ms;
    const due = [...this.#waiting].filter(({ at }) => at <= this.now).sort((a, b) => a.at - b.at);
    for (const timer of due) if (this.#waiting.delete(timer)) timer.run();
  }
}

/** Letters that left the house; `refuse` makes the next ones fail. */
export class FakeWay implements Way {
  readonly pauses = [10_000, 30_000];
  readonly tries = 24;
  readonly lookBack = 100;
  readonly sent: Letter[] = [];
  readonly refuse: Error[] = [];
  constructor(readonly channel: Channel) {}

  async send(letter: Letter): Promise<Taken> {
    const refused = this.refuse.shift();
    if (refused !== undefined) throw refused;
    this.sent.push(letter);
    return { reason: "accepted", detail: "250 ok" };
  }
}

export interface MessagingWorld extends Messaging {
  readonly store: WideColumnStore;
  readonly directory: FakeDirectory;
  readonly time: TestTime;
  readonly mailOut: FakeWay;
  readonly smsOut: FakeWay;
  readonly mint: IdMinter;
  readonly commits: Commit[];
  readonly stumbles: unknown[];
  person(handle: string): Id;
  settle(): Promise<void>;
  /** Lets time pass, second by second, with all that can be done after each. */
  pass(ms: number): Promise<void>;
}

/** The application server in process, on the memory store, with time and chance in the hands of the test. */
export function messagingWorld({
  seed = 1,
  store: given,
  faults,
  time = new TestTime(),
  archiving = { ...ARCHIVE_LIMITS, rest: 0 },
  texting,
}: {
  seed?: number;
  store?: WideColumnStore;
  faults?: Faults;
  time?: TestTime;
  archiving?: ArchiveLimits;
  /** Phones of people, and the way to them. */
  texting?: TextingDeps & { readonly way: Way };
} = {}): MessagingWorld {
  const random = seededRandom(seed);
  const store = given ?? new MemoryStore({ schemas: [...MAILBOX_TABLES], clock: time.clock, ...(faults && { faults }) });
  const [directory, mailOut, smsOut] = [new FakeDirectory(), new FakeWay("email"), new FakeWay("sms")];
  const mint = new IdMinter(time.clock, random);
  const commits: Commit[] = [];
  const stumbles: unknown[] = [];
  const messaging = createMessaging({
    store,
    directory,
    domain: "braid.test",
    mint,
    clock: time.clock,
    timers: time,
    random,
    patience: 0,
    archiving,
    token: () => Buffer.from(random(12)).toString("hex"),
    mailOut,
    smsOut: texting?.way ?? smsOut,
    ...(texting && { texting }),
    announce: (commit) => commits.push(commit),
    events: {
      committed() {},
      delivered() {},
      sentOutside() {},
      mailReceived() {},
      textReceived() {},
      deliveryStumbled: (error) => stumbles.push(error),
      archivingStumbled: (error) => stumbles.push(error),
    },
  });
  const pass = async (ms: number): Promise<void> => {
    await messaging.deliverer.settle();
    for (let passed = 0; passed < ms; passed += 1_000) {
      time.advance(1_000);
      await messaging.deliverer.settle();
    }
  };
  return {
    ...messaging,
    pass,
    store,
    directory,
    time,
    mailOut,
    smsOut,
    mint,
    commits,
    stumbles,
    person: (handle) => directory.add(handle),
    settle: async () => {
      await messaging.deliverer.settle();
      await messaging.archiver.settle();
    },
  };
}
