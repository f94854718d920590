import { expect, test } from "vitest";
import type { Id } from "@/domain/id";
import { WIDE_HEADER } from "@/domain/sms/segments";
import { USUAL_WISHES } from "@/domain/texting";
import type { Letter, Taken, Way } from "@/server/delivery/outside-step";
import { MAILBOX_TABLES } from "@/server/mailbox/schema";
import { MemoryStore } from "@/storage/wide-column/drivers/memory";
import { type MessagingWorld, messagingWorld, TestTime } from "@/testkit/messaging";
import type { Carrier, Handed, Sms } from "./carrier";
import { Consent } from "./consent";
import { CopyTexts } from "./copy-texts";
import { SmsOut } from "./outgoing";
import { NumberPool } from "./pool";
import { SmsRows } from "./rows";
import { Submissions } from "./submissions";
import { SMS } from "./tables";

const PHONE = "+12025550143";
const NORA = "+12025550187";
const NOON = Date.parse("2026-11-25T12:00:00Z");
const never = new Promise<never>(() => {});

/** The network, which outlives our crashes. It takes everything and remembers it. */
class Network implements Carrier {
  readonly name = "network";
  readonly numbers = ["+12025550101", "+12025550102"];
  readonly prices = new Map([["+", { micros: 7_500, currency: "USD" }]]);
  readonly isUp = true;
  readonly header = WIDE_HEADER;
  readonly taken: Sms[] = [];
  cut = (text: string) => ({ segments: Math.ceil(text.length / 160), encoding: "gsm7" as const, pieces: 1 });
  async submit(sms: Sms): Promise<Handed> {
    this.taken.push(sms);
    await sms.took(0, `id-${this.taken.length}`);
    return { failures: [] };
  }
}

/** One run of the server over what earlier ones left; `stuck` makes it stop for good where it hands over, or just after. */
class Life {
  readonly world: MessagingWorld;
  readonly out: SmsOut;
  constructor(store: MemoryStore, time: TestTime, network: Network, stuck?: "before" | "after") {
    const rows = new SmsRows(store);
    const [consent, pool, submissions] = [new Consent(rows, time.clock), new NumberPool(rows, time.clock), new Submissions(rows)];
    const directory = { many: async (ids: readonly Id[]) => this.world.directory.many(ids) };
    this.out = new SmsOut({ carriers: [network], directory, pool, consent, submissions, reference: () => 1, settle: async () => {} });
    const way: Way = stuck === undefined ? this.out : new Stuck(this.out, stuck);
    this.world = messagingWorld({
      ...{ store, time },
      texting: {
        ...{ way, phones: new CopyTexts({ rows, consent, carriers: () => [network] }), mostPrice: 100_000 },
        of: async (person) => (person === this.ben ? { phones: [PHONE], wishes: USUAL_WISHES } : undefined),
        presence: () => "offline",
        failed: (error) => this.world.stumbles.push(error),
      },
    });
    for (const handle of ["ann", "ben"]) this.world.person(handle);
  }
  get ann(): Id {
    return this.world.person("ann");
  }
  get ben(): Id {
    return this.world.person("ben");
  }
  async say(text: string): Promise<{ threadId: Id; id: Id }> {
    const { thread } = await this.world.sending.start(this.ann, ["ben"], `maker-${text}`);
    return (await this.world.sending.send(this.ann, thread.id, text, `client-${text}`)).message;
  }
  copy = async ({ threadId, id }: { threadId: Id; id: Id }) =>
    (await this.world.mailboxes.read(this.ben, (view) => view.message(threadId, id)))?.delivery?.[`tel:${PHONE}`];
}

class Stuck implements Way {
  readonly channel = "sms";
  readonly pauses: readonly number[];
  readonly tries: number;
  readonly lookBack: number;
  constructor(
    private readonly way: Way,
    private readonly where: "before" | "after",
  ) {
    ({ pauses: this.pauses, tries: this.tries, lookBack: this.lookBack } = way);
  }
  async send(letter: Letter): Promise<Taken> {
    if (this.where === "before") return never;
    await this.way.send(letter);
    return never;
  }
}

function begin(): { store: MemoryStore; time: TestTime; network: Network } {
  const time = new TestTime();
  time.now = NOON;
  return { time, network: new Network(), store: new MemoryStore({ schemas: [...MAILBOX_TABLES, SMS], clock: time.clock }) };
}

/** `settle` would wait for what is stuck for good. */
const turns = async (life: Life, message: { threadId: Id; id: Id }) => expect.poll(() => life.copy(message)).toMatchObject({ state: "sending" });

test.each(["before", "after"] as const)("a crash just %s a copy is handed to the carrier: it goes once", async (where) => {
  const { store, time, network } = begin();
  const first = new Life(store, time, network, where);
  const message = await first.say("hello");
  await turns(first, message);
  await expect.poll(() => network.taken.length).toBe(where === "before" ? 0 : 1);
  const second = new Life(store, time, network);
  await second.world.deliverer.recover();
  await second.world.settle();
  expect(network.taken.map(({ text }) => text)).toEqual(["ann: hello"]);
  expect(await second.copy(message)).toMatchObject({ state: "sent", copy: "was-offline" });
});

test("one that waits is found again after a crash, with those it was joined with, and goes once", async () => {
  const { store, time, network } = begin();
  const first = new Life(store, time, network);
  await first.say("one");
  await first.world.settle();
  const [two, three] = [await first.say("two"), await first.say("three")];
  await first.world.settle();
  expect(network.taken.length).toBe(1);
  const second = new Life(store, time, network);
  await second.world.deliverer.recover();
  await second.world.pass(121_000);
  expect(network.taken.map(({ text }) => text)).toEqual(["ann: one", "two\nthree"]);
  expect([(await second.copy(two))?.copy, (await second.copy(three))?.state]).toEqual(["joined", "sent"]);
});

test("what is read before the server is back is not sent", async () => {
  const { store, time, network } = begin();
  const first = new Life(store, time, network, "before");
  const message = await first.say("hello");
  await turns(first, message);
  const second = new Life(store, time, network);
  await second.world.acts.read(second.ben, message.threadId, message.id, "maker-read");
  await second.world.deliverer.recover();
  await second.world.settle();
  expect(network.taken).toEqual([]);
  expect(await second.copy(message)).toMatchObject({ state: "withheld", copy: "read-meanwhile" });
});

test("a message that comes again is not copied again", async () => {
  const { store, time, network } = begin();
  const life = new Life(store, time, network);
  const message = await life.say("hello");
  await life.world.settle();
  const again = new Life(store, time, network);
  await again.world.deliverer.recover();
  await again.world.sending.send(again.ann, message.threadId, "hello", "client-hello");
  await again.world.pass(300_000);
  expect(network.taken.length).toBe(1);
  expect(again.world.stumbles).toEqual([]);
});

test("nor is an ordinary text whose id was noted, though the server died before the mailbox heard of it", async () => {
  const { store, time, network } = begin();
  const first = new Life(store, time, network, "after");
  const { thread } = await first.world.sending.start(first.ann, [NORA], "maker-nora");
  const { message } = await first.world.sending.send(first.ann, thread.id, "hello", "client-nora");
  await expect.poll(() => network.taken.length).toBe(1);
  const second = new Life(store, time, network);
  await second.world.deliverer.recover();
  await second.world.settle();
  expect(network.taken.map(({ text }) => text)).toEqual(["ann: hello"]);
  const known = await second.world.mailboxes.read(second.ann, (view) => view.message(thread.id, message.id));
  expect(known?.delivery?.[`tel:${NORA}`]).toMatchObject({ state: "sent", sms: { carrier: "network" } });
});
